// Reads lines as VS Code does: with the matchers of the tasks.json that is named.
import { readFileSync } from "node:fs";

const [file, label] = process.argv.slice(2);
const tasks = JSON.parse(readFileSync(file, "utf8")).tasks;
const matchers = tasks.find((task) => task.label === label).problemMatcher;
const seen = [];
for (const line of readFileSync(0, "utf8").split(/\r?\n/)) {
  for (const { background, pattern } of matchers) {
    if (background && new RegExp(background.beginsPattern).test(line)) {
      seen.push("begin");
    }
    if (background && new RegExp(background.endsPattern).test(line)) {
      seen.push("end");
    }
    const found = new RegExp(pattern.regexp).exec(line);
    if (found) {
      const part = (name) => (pattern[name] ? found[pattern[name]] : undefined);
      seen.push([
        part("file"),
        pattern.kind === "file" ? 0 : Number(part("line")),
        pattern.kind === "file" ? 0 : Number(part("column")),
        part("severity"),
        part("message"),
        part("code"),
      ]);
    }
  }
}
console.log(JSON.stringify(seen));
