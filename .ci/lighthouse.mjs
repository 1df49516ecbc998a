// Asks Lighthouse about the list of articles and the first article in each of the
// languages named, and prints what is less than 100 of performance, accessibility,
// practices and being found.
//
//	node lighthouse.mjs DIR LANGUAGE…
//
// Nothing is throttled, which would only multiply the noise of a machine that does much
// else. Performance is what is measured: a page has three attempts, and where the
// machine is too busy to tell, as its own measure says, that is told and is no finding.
// One finding a line, "path: error: what"; status 1 if there is any.
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const [dir, ...languages] = process.argv.slice(2);
const types = { ".html": "text/html; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".woff": "font/woff" };
const attempts = 3;
const busy = 750; // of Lighthouse's benchmark, which a desk's processor has 1,500 of

const server = createServer(async (request, response) => {
	let name = decodeURIComponent(new URL(request.url, "http://site").pathname).slice(1);
	if (name === "" || name.endsWith("/")) name += "index.html";
	try {
		const content = await readFile(join(dir, name));
		response.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream" }).end(content);
	} catch {
		response.writeHead(404).end();
	}
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const chrome = await launch({ chromePath: "/usr/bin/chromium", chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"], logLevel: "silent" });

// ask is what Lighthouse says of a page, of some of its categories.
async function ask(name, onlyCategories) {
	const { lhr } = await lighthouse(`http://127.0.0.1:${server.address().port}/${name}`,
		{ port: chrome.port, logLevel: "silent", throttlingMethod: "provided", disableFullPageScreenshot: true, onlyCategories }, desktopConfig);
	return lhr;
}

// faults are what keeps a page from 100.
async function faults(name) {
	let report = await ask(name);
	const { performance, ...others } = report.categories;
	const found = Object.values(others).flatMap((c) => fault(c, report));
	let slow = fault(performance, report);
	for (let n = 1; n < attempts && slow.length && report.environment.benchmarkIndex >= busy; n++) {
		report = await ask(name, ["performance"]);
		slow = fault(report.categories.performance, report);
	}
	if (slow.length && report.environment.benchmarkIndex < busy) {
		console.error(`lighthouse: the machine is too busy to tell how fast ${name} is: ${slow}`);
		slow = [];
	}
	return [...found, ...slow];
}

function fault(category, report) {
	if (category.score === 1) return [];
	const why = category.auditRefs.filter((a) => a.weight && report.audits[a.id].score !== null && report.audits[a.id].score < 1);
	return [`${category.title} is ${Math.round(100 * category.score)} of 100: ${why.map((a) => a.id).join(", ")}`];
}

for (const language of languages) {
	const pages = (await readdir(join(dir, language), { recursive: true })).filter((f) => f.endsWith("/index.html")).sort();
	for (const page of ["index.html", pages[0]]) {
		for (const what of await faults(`${language}/${page}`)) {
			console.log(`${join(dir, language, page)}: error: ${what}`);
			process.exitCode = 1;
		}
	}
}
await chrome.kill();
server.close();
