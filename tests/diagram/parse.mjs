// Reads a JSON list of Mermaid texts from stdin, parses each with Mermaid's own parser, and
// writes what it found in them: boxes, lines and groups, or the error. Its argument is the
// directory of the packages.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const packages = process.argv[2];
const { JSDOM } = createRequire(join(packages, "here.js"))("jsdom");

const { window } = new JSDOM("<!DOCTYPE html><body></body>");
globalThis.window = window;
globalThis.document = window.document;

const main = join(packages, "mermaid", "dist", "mermaid.core.mjs");
const { default: mermaid } = await import(pathToFileURL(main));
mermaid.initialize({ startOnLoad: false, securityLevel: "strict", maxTextSize: 1e7 });

const found = [];
for (const text of JSON.parse(readFileSync(0, "utf-8"))) {
  try {
    const { db, type } = await mermaid.mermaidAPI.getDiagramFromText(text);
    found.push({
      type,
      boxes: [...db.getVertices().values()].map((one) => [one.id, one.text]),
      lines: db.getEdges().map((one) => [one.start, one.end, one.text]),
      groups: db.getSubGraphs().map((one) => [one.id, one.title, one.nodes.length]),
      title: db.getAccTitle(),
      description: db.getAccDescription(),
    });
  } catch (error) {
    found.push({ error: String(error) });
  }
}
process.stdout.write(JSON.stringify(found), () => process.exit(0)); // once all is out
