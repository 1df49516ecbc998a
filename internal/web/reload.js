{
	// A page that nobody looks at gives back its connection, of which a browser has
	// only six.
	const build = document.currentScript.dataset.build;
	let events;
	const listen = () => {
		events?.close();
		if (document.hidden) return;
		events = new EventSource("/.preview/events?after=" + build);
		events.onmessage = () => location.reload();
	};
	document.addEventListener("visibilitychange", listen);
	addEventListener("pagehide", () => events?.close());
	addEventListener("pageshow", (e) => e.persisted && listen());
	listen();
}
