// Opens every page of a built site in Chromium and prints what axe finds
// against WCAG 2.2 AA, in the light and the dark scheme, on a phone and on a
// desk, with what is folded unfolded. Also told: a page that scrolls sideways when it is 320 pixels wide
// (WCAG 1.4.10), an error in the console, a request that fails or that leaves
// the site.
//
//	node axe.mjs DIR
//
// One finding a line, "path: error: what [rule] where"; status 1 if there is any.
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import axe from "axe-core";
import { chromium } from "playwright-core";

const standard = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const schemes = ["light", "dark"];
const screens = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };
const narrowest = { width: 320, height: 844 };
const pagesAtOnce = 2;

const types = {
	".html": "text/html; charset=utf-8",
	".css": "text/css",
	".svg": "image/svg+xml",
	".png": "image/png",
	".jpg": "image/jpeg",
	".webp": "image/webp",
	".xml": "application/xml",
	".epub": "application/epub+zip",
};

const root = process.argv[2];
const entries = await readdir(root, { recursive: true, withFileTypes: true });
const files = new Set(entries.filter((e) => e.isFile())
	.map((e) => join(e.parentPath ?? e.path, e.name).slice(join(root, sep).length).replaceAll(sep, "/")));
const pages = [];
for (const f of [...files].filter((f) => f.endsWith(".html")).sort()) {
	// A page that leads on at once is looked at as the page that it leads to.
	if (!(await readFile(join(root, f), "utf8")).includes('<meta http-equiv="refresh"')) pages.push(f);
}

const server = createServer(async (request, response) => {
	let name = decodeURIComponent(new URL(request.url, "http://site").pathname).slice(1);
	if (name === "" || name.endsWith("/")) name += "index.html";
	if (name === "favicon.ico" && !files.has(name)) return response.writeHead(204).end();
	if (!files.has(name)) return response.writeHead(404).end();
	response.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream" });
	response.end(await readFile(join(root, name)));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
	executablePath: "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu"],
});

// inspect returns the findings of one page: what, to the views it was seen in.
async function inspect(page, name) {
	const found = new Map();
	const tell = (what, view) => found.set(what, [...(found.get(what) ?? []), view]);
	const within = (url) => url.startsWith(origin) || url.startsWith("data:");
	page.on("console", (m) => m.type() === "error" && tell(`the console says: ${m.text()}`));
	page.on("pageerror", (e) => tell(`a script fails: ${e.message}`));
	page.on("request", (r) => within(r.url()) || tell(`asks another site for ${r.url()}`));
	page.on("response", (r) => r.status() >= 400 && tell(`${r.status()} for ${decodeURI(r.url().slice(origin.length - 1))}`));

	await page.goto(origin + name.split("/").map(encodeURIComponent).join("/"), { waitUntil: "load" });
	await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
	for (const colorScheme of schemes) {
		await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
		for (const [screen, size] of Object.entries(screens)) {
			await page.setViewportSize(size);
			const { violations } = await page.evaluate(
				(values) => axe.run({ runOnly: { type: "tag", values }, resultTypes: ["violations"] }), standard);
			for (const v of violations) {
				for (const node of v.nodes) tell(`${v.help} [${v.id}] ${node.target.join(" ")}`, `${colorScheme} ${screen}`);
			}
		}
	}
	await page.setViewportSize(narrowest);
	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	if (width > narrowest.width) tell(`scrolls sideways: ${width} pixels wide on a screen of ${narrowest.width} [reflow]`);
	return found;
}

// Handed over with each page, axe takes longer to arrive than to look at the page.
const context = await browser.newContext();
await context.addInitScript({ content: axe.source });

const findings = new Map();
const queue = [...pages];
await Promise.all(Array.from({ length: pagesAtOnce }, async () => {
	for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
		const page = await context.newPage();
		findings.set(name, await inspect(page, name));
		await page.close();
	}
}));
await browser.close();
server.close();

for (const name of pages) {
	for (const [what, views] of findings.get(name)) {
		const where = views.filter(Boolean).join(", ");
		console.log(`${join(root, name)}: error: ${what.replaceAll(/\s+/g, " ")}${where && ` (${where})`}`);
		process.exitCode = 1;
	}
}
