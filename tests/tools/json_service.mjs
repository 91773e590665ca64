// What an editor has for JSON: Microsoft's service, behind the protocol of language
// servers. VS Code's own server for JSON is a wrapper of this kind.
//
// node json_service.mjs NODE_MODULES

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(`${process.argv[2]}/`);
const {
  ClientCapabilities,
  TextDocument,
  getLanguageService,
} = require("vscode-json-languageservice");

const service = getLanguageService({
  clientCapabilities: ClientCapabilities.LATEST,
  schemaRequestService: async (uri) => readFile(fileURLToPath(uri), "utf8"),
  workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
});
const documents = new Map();
let root = "";

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  process.stdout.write(`Content-Length: ${body.length}\r\n\r\n`);
  process.stdout.write(body);
}

function configure(schemas) {
  service.configure({
    validate: true,
    schemas: (schemas ?? []).map(({ url, fileMatch }) => ({
      uri: new URL(url, `${root}/`).href,
      fileMatch,
    })),
  });
}

async function publish({ uri, languageId, version }, text) {
  const document = TextDocument.create(uri, languageId ?? "json", version, text);
  const parsed = service.parseJSONDocument(document);
  documents.set(uri, [document, parsed]);
  const diagnostics = await service.doValidation(document, parsed);
  const params = { uri, version, diagnostics };
  send({ method: "textDocument/publishDiagnostics", params });
}

const opened = ({ textDocument, position }) => {
  const [document, parsed] = documents.get(textDocument.uri);
  return [document, position, parsed];
};

const answers = {
  initialize: ({ rootUri }) => {
    root = rootUri;
    return { capabilities: {} };
  },
  initialized: () => {},
  "workspace/didChangeConfiguration": ({ settings }) =>
    configure(settings.json?.schemas),
  "textDocument/didOpen": ({ textDocument }) =>
    publish(textDocument, textDocument.text),
  "textDocument/didChange": ({ textDocument, contentChanges }) =>
    publish(textDocument, contentChanges[0].text),
  "textDocument/didClose": ({ textDocument }) => documents.delete(textDocument.uri),
  "textDocument/completion": (params) => service.doComplete(...opened(params)),
  "textDocument/hover": (params) => service.doHover(...opened(params)),
  shutdown: () => null,
  exit: () => process.exit(0),
};

async function take({ id, method, params }) {
  try {
    const result = (await answers[method](params)) ?? null;
    if (id !== undefined) send({ id, result });
  } catch (error) {
    if (id !== undefined) send({ id, error: { code: -32603, message: error.stack } });
    else send({ method: "window/logMessage", params: { type: 1, message: error.stack } });
  }
}

let incoming = Buffer.alloc(0);
let queue = Promise.resolve();
process.stdin.on("data", (data) => {
  incoming = Buffer.concat([incoming, data]);
  for (;;) {
    const head = incoming.indexOf("\r\n\r\n");
    if (head < 0) return;
    const size = Number(/content-length: *(\d+)/i.exec(incoming.subarray(0, head))[1]);
    const end = head + 4 + size;
    if (incoming.length < end) return;
    const message = JSON.parse(incoming.subarray(head + 4, end));
    incoming = incoming.subarray(end);
    queue = queue.then(() => take(message)); // one after the other, as they came
  }
});
process.stdin.on("end", () => process.exit(0));
