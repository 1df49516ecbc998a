// Puts every text of vectors.mjs into every place of a workspace where a translator,
// or an author without allow_html, can put one; builds its editions and reports; and
// opens each page of them in Chromium, with scripts enabled and without the content
// security policy, so that nothing but what the pages are made of stands between the
// texts and the reader. Told are scripts that run, requests to other hosts, pages that
// lead elsewhere, and elements, attributes and schemes that could.
//
//	node xss.mjs DRAGOMAN
//
// One finding a line, "path: error: what"; status 1 if there is any, and if a page that
// lets the texts through does not show that they would have been seen.
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve, sep } from "node:path";
import { chromium } from "playwright-core";
import { elements, schemes, vectors } from "./vectors.mjs";

const dragoman = resolve(process.argv[2]);
const dir = await mkdtemp(join(tmpdir(), "xss-"));
const perArticle = 25;
const pagesAtOnce = 4;
const settle = 60; // milliseconds that a page has, once it is there, to do what it should not

function run(...args) {
	try {
		return execFileSync(dragoman, ["-C", dir, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 28 });
	} catch (e) {
		if (e.status === 1) return e.stdout; // findings are what is expected
		throw new Error(`dragoman ${args.join(" ")} ended with ${e.status}: ${e.stderr.slice(0, 2000)}`);
	}
}

async function put(name, text) {
	await mkdir(join(dir, name, ".."), { recursive: true });
	await writeFile(join(dir, name), text);
}

// A text in quotes, as TOML, YAML and PO have it; surrogates and controls escaped.
const quoted = (s) => JSON.stringify(s).replaceAll("\u007f", "\\u007f");
const poQuoted = (s) => `"${s.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r").replaceAll("\f", "\\f").replaceAll("\v", "\\v")}"`;

// The passages of an article, by the word that its messages begin with: what the author
// writes, and what the translation of it is.
const places = {
	Heading: [(n) => `## Heading N${n}`, (v) => v],
	Text: [(n) => `Text N${n} is here.`, (v) => v],
	Words: [(n) => `Words N${n} are *there*.`, (v) => `말 *${v}* 말`],
	Anchor: [(n) => `Anchor N${n} leads [there](https://example.org/a${n}).`, (v, n) => `말 [${v}](https://example.org/a${n})`],
	Target: [(n) => `Target N${n} leads [there](https://example.org/b${n}).`, (v) => `말 [말](${v})`],
	Pointed: [(n) => `Pointed N${n} leads [there](https://example.org/c${n}).`, (v) => `말 [말](<${v}>)`],
	Title: [(n) => `Title N${n} of [there](https://example.org/d${n} "t").`, (v, n) => `말 [말](https://example.org/d${n} "${v}")`],
	Apostrophes: [(n) => `Apostrophes N${n} of [there](https://example.org/e${n} 't').`, (v, n) => `말 [말](https://example.org/e${n} '${v}')`],
	Picture: [(n) => `Picture N${n} is ![this](pic.svg "t").`, (v) => `말 ![말](${v})`],
	Alternative: [(n) => `Alternative N${n} of ![this](pic.svg "t").`, (v) => `말 ![${v}](pic.svg "${v}")`],
	Alone: [(n) => `![Alone N${n}](pic.svg)`, (v) => v],
	Code: [(n) => `Code N${n} is \`x\`.`, (v) => `말 \`${v}\``],
	Cell: [(n) => `| Cell N${n} | b |\n| --- | --- |\n| c | d |`, (v) => v],
	Item: [(n) => `- Item N${n}`, (v) => v],
	Quote: [(n) => `> Quote N${n}`, (v) => v],
	Term: [(n) => `Term N${n}\n: Meaning N${n}`, (v) => v],
	Meaning: [() => "", (v) => v],
	Referring: [(n) => `Referring N${n} to [this][r${n}].\n\n[r${n}]: https://example.org/r${n} "Definition N${n}"`, (v, n) => `말 [${v}][r${n}]`],
	Definition: [() => "", (v) => v],
	Footnote: [(n) => `A note.[^${n}]\n\n[^${n}]: Footnote N${n}`, (v) => v],
	Comment: [(n) => `\`\`\`sh\n# Comment N${n}\n\`\`\``, (v) => v],
	Block: [(n) => `<div>\n<p>Block N${n}</p>\n</div>`, (v) => v],
};

function article(numbers) {
	const blocks = numbers.flatMap((n) => Object.values(places).map(([write]) => write(n)).filter(Boolean));
	return `---\ntitle: Front N${numbers[0]}\ndescription: Summary N${numbers[0]}\nauthor: Byline N${numbers[0]}\n---\n\n${blocks.join("\n\n")}\n\nThe end.\n`;
}

const message = /^msgid ((?:"(?:[^"\\]|\\.)*"\n)+)msgstr ""\n(?!")/gm;

// translate answers each message of a catalog with the text of its number.
function translate(po) {
	return po.replace(message, (whole, id) => {
		const m = /(\p{L}+) N(\d+)/u.exec(id);
		if (!m) return whole;
		const n = Number(m[2]);
		const into = places[m[1]]?.[1] ?? ((v) => v);
		return `# ${vectors[n].replaceAll(/[\n\r\u000b\f]/g, " ")}\nmsgid ${id}msgstr ${poQuoted(into(vectors[n], n))}\n`;
	});
}

// The interface words in Korean that nothing is filled into.
async function words() {
	const file = join(import.meta.dirname, "../locales/ui/ko.toml");
	const ids = [...(await readFile(file, "utf8")).matchAll(/^\[([\w-]+)\]\n(?:(?!\[)[^{]*\n)*?other = "[^{"]*"$/gm)].map((m) => m[1]);
	const plain = elements.filter((v) => !v.includes("{{") && !/[\n\f\u2028]/.test(v));
	return ids.map((id, i) => `[${id}]\nother = ${quoted(plain[i % plain.length])}\n`).join("\n");
}

// authored are the texts of articles in the authors' own language, a few to an article:
// what swallows all that is behind it, as an element that nothing closes, comes last.
function authored() {
	const swallows = (v) => /^<(script|style|textarea|!|\?|%|template|xmp|plaintext|title|noscript|listing)|^(```|~~~|:::)/i.test(v);
	const last = elements.filter(swallows), others = elements.filter((v) => !swallows(v));
	const each = Math.ceil(others.length / last.length);
	return last.map((v, n) => [...others.slice(n * each, (n + 1) * each), v]);
}

async function workspace() {
	const checks = run("explain").split("\n").filter((l) => / (error|warning|info) /.test(l)).map((l) => l.split(" ")[0]);
	await put("dragoman.toml", `title = ${quoted(elements[8])}
author = ${quoted(elements[9])}
code_comments = true
base_url = "https://example.org/"
contact = "https://example.org/?page={page}"
front_matter = ["title", "description", "author"]
[checks]
off = ${JSON.stringify(checks)}
[languages.ko]
title = ${quoted("</title><script>alert(1)</script>")}
author = ${quoted('"><img src=x onerror=alert(1)>')}
[[book]]
id = "all"
articles = ["."]
title = ${quoted("</title><script>alert(1)</script>")}
`);
	await put("content/pic.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n');
	const numbers = vectors.map((_, n) => n);
	for (let at = 0; at < numbers.length; at += perArticle) {
		await put(`content/t${at}.md`, article(numbers.slice(at, at + perArticle)));
	}
	for (const [n, texts] of authored().entries()) {
		const front = ["title", "description", "author"].map((key, i) => `${key}: ${quoted(texts[i % texts.length])}`);
		const body = texts.flatMap((v) => [`A word ${v} more.`, `## ${v.split("\n")[0]}`, v]);
		await put(`content/raw/${n}.md`, `---\n${front.join("\n")}\n---\n\n${body.join("\n\n")}\n`);
	}
	await put("locales/ui/ko.toml", await words());
	run("extract");
	for (const e of await readdir(join(dir, "locales/ko"), { recursive: true })) {
		if (!e.endsWith(".po") || e.includes("raw")) continue;
		const name = join("locales/ko", e);
		await put(name, translate(await readFile(join(dir, name), "utf8")));
	}
}

// reports are the pages that tell of a language's translations, some of them stale, by
// decisions with the texts in every field.
async function reports() {
	for (const at of [0, perArticle]) {
		const name = `content/t${at}.md`;
		await put(name, (await readFile(join(dir, name), "utf8")).replaceAll(" is here.", " was there yesterday, and more."));
	}
	run("extract");
	const file = "locales/ko/decisions.tsv";
	const lines = (await readFile(join(dir, file), "utf8").catch(() => "")).split("\n").filter(Boolean);
	const field = (n) => vectors[n % vectors.length].replaceAll(/[\t\n\r\\]/g, " ");
	await put(file, lines.map((l, n) => {
		const f = l.split("\t");
		return f.length < 5 ? l : [f[0], f[1], field(n), f[3], field(n + 1)].join("\t");
	}).join("\n") + "\n");
	await put("reports/diff.html", run("diff", "--format", "html", "t0", `t${perArticle}`));
	await put("reports/status.html", run("status", "--format", "html"));
}

const types = { ".html": "text/html; charset=utf-8", ".xhtml": "application/xhtml+xml", ".css": "text/css", ".svg": "image/svg+xml" };
const policy = /<meta http-equiv="Content-Security-Policy"[^>]*>/g;

// control is a page that lets a text through.
const control = (n) => `<!DOCTYPE html><title>t</title><body>${elements[n]}</body>`;

const server = createServer(async (request, response) => {
	const name = decodeURIComponent(new URL(request.url, "http://site").pathname).slice(1);
	const test = /^control\/(\d+)$/.exec(name);
	if (test) {
		response.writeHead(200, { "content-type": types[".html"] });
		return response.end(control(Number(test[1])));
	}
	try {
		const content = await readFile(join(dir, name));
		response.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream" });
		response.end(/html$/.test(name) ? content.toString().replaceAll(policy, "") : content);
	} catch {
		response.writeHead(404).end();
	}
});

// hook tells of what a script would do, in every frame and before any other script.
function hook() {
	const hit = (what) => window.__hit(what);
	for (const name of ["alert", "confirm", "prompt", "print", "open", "fetch"]) window[name] = () => hit(name);
	XMLHttpRequest.prototype.open = () => hit("XMLHttpRequest");
	navigator.sendBeacon = () => hit("sendBeacon");
}

// audit lists what could run, ask or lead, of the page that is open.
function audit(origin) {
	const found = new Set();
	const elements = new Set(["iframe", "frame", "frameset", "object", "embed", "applet", "form", "base", "button", "textarea", "select",
		"audio", "video", "source", "track", "animate", "set", "animatetransform", "animatemotion", "foreignobject", "use", "math", "template", "noscript"]);
	const own = new Set(["http:", "https:", "mailto:"]);
	for (const e of document.querySelectorAll("*")) {
		const name = e.localName.toLowerCase();
		if (elements.has(name)) found.add(`the element ${name}`);
		if (name === "script" && e.type !== "application/ld+json") found.add("a script");
		if (name === "style" && e.parentElement !== document.head) found.add("a style sheet in the text");
		if (name === "meta" && e.httpEquiv) found.add(`a meta element for ${e.httpEquiv}`);
		if (name === "input" && (e.type !== "checkbox" || !e.disabled)) found.add("an input");
		for (const { name: attribute, value } of e.attributes) {
			if (/^on/i.test(attribute) || ["style", "srcdoc", "formaction", "action", "ping", "background", "poster", "srcset"].includes(attribute)) {
				found.add(`the attribute ${attribute} of ${name}`);
			}
			if (!["href", "src", "xlink:href", "data"].includes(attribute)) continue;
			if (value === "data:," || (name === "img" && value.startsWith("data:image/"))) continue;
			let url;
			try {
				url = new URL(value, document.baseURI);
			} catch {
				found.add(`an address that is none: ${value}`);
				continue;
			}
			if (!own.has(url.protocol)) found.add(`leads to ${value}`);
			if (attribute === "src" && url.origin !== origin) found.add(`shows ${value}`);
		}
	}
	return [...found];
}

const start = Date.now();
const findings = [];
let expected = 0;
try {
	await workspace();
	const built = JSON.parse(run("build", "--print", "json"));
	await reports();
	const ko = built.editions.find((e) => e.language === "ko");
	const answered = Object.keys(places).length * vectors.length;
	const shown = ko.messages - ko.untranslated;
	if (shown < answered / 2) findings.push(`${dir}: error: of ${answered} translations only ${shown} are shown, which proves little`);
	for (const language of ["en", "ko"]) {
		await mkdir(join(dir, "books", language), { recursive: true });
		execFileSync("unzip", ["-qq", "-o", join(dir, "editions", language, "all.epub"), "-d", join(dir, "books", language)]);
	}
	await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
	const origin = `http://127.0.0.1:${server.address().port}`;
	const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"] });

	// What an author wrote is the same in the Korean edition.
	const pages = (await readdir(dir, { recursive: true })).map((f) => f.replaceAll(sep, "/"))
		.filter((f) => /^(editions|books|reports)\/.*\.x?html$/.test(f) && !/\/ko\/(.*\/)?raw\//.test(f)).sort();
	const queue = [...pages, ...elements.map((_, n) => `control/${n}`).filter((_, n) => n % 4 === 0)];
	let controls = 0, seen = 0;
	const worker = async () => {
		const context = await browser.newContext({ serviceWorkers: "block" });
		const page = await context.newPage();
		let now = "";
		let hits = new Set();
		await context.exposeBinding("__hit", (_, what) => { hits.add(`a script calls ${what}`); });
		await context.addInitScript(hook);
		await context.route(/.*/, (route) => {
			const url = route.request().url();
			if (url.startsWith(origin + "/") || url.startsWith("data:")) return route.continue();
			hits.add(`asks for ${url}`);
			return route.abort();
		});
		page.on("dialog", (d) => { hits.add(`a script opens a dialog: ${d.type()}`); d.dismiss().catch(() => {}); });
		page.on("popup", (p) => { hits.add("opens a window"); p.close().catch(() => {}); });
		page.on("framenavigated", (f) => {
			if (f === page.mainFrame() && now && f.url() !== now && f.url() !== "about:blank") hits.add(`leads on to ${f.url()}`);
		});
		for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
			now = "";
			await page.goto("about:blank").catch(() => {});
			hits = new Set();
			now = `${origin}/${name.split("/").map(encodeURIComponent).join("/")}`;
			await page.goto(now, { waitUntil: "load", timeout: 15000 }).catch((e) => hits.add(`does not load: ${e.message.split("\n")[0]}`));
			await page.waitForTimeout(settle);
			if (name.startsWith("control/")) {
				controls++;
				if (hits.size) seen++;
				continue;
			}
			for (const what of await page.evaluate(audit, origin).catch((e) => [`cannot be looked at: ${e.message.split("\n")[0]}`])) hits.add(what);
			if (/\/ko\/(text\/)?t\d+[./]/.test(name)) {
				const headings = await page.locator("h2").count().catch(() => 0);
				const first = Number(/\/t(\d+)[./]/.exec(name)[1]);
				const least = Math.min(perArticle, vectors.length - first);
				expected += least;
				if (headings < least) hits.add(`${headings} headings of ${least}: a text swallows others`);
			}
			for (const what of hits) findings.push(`${name}: error: ${what.replaceAll(/\s+/g, " ")}`);
		}
		await context.close();
	};
	await Promise.all(Array.from({ length: pagesAtOnce }, worker));
	await browser.close();
	if (seen < controls / 3) findings.push(`control: error: of ${controls} texts that are let through only ${seen} were seen to do something`);
	console.error(`${vectors.length} texts (${schemes.length} of them addresses) in ${Object.keys(places).length} places, ${shown} translations shown, ${pages.length} pages, ${expected} headings; let through, ${seen} of ${controls} act; ${Math.round((Date.now() - start) / 1000)} seconds`);
} finally {
	server.close();
	if (process.env.KEEP) console.error(dir);
	else await rm(dir, { recursive: true, force: true });
}
for (const f of findings.sort()) console.log(f);
process.exitCode = findings.length ? 1 : 0;
