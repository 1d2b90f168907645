// Answers with tiktoken's token ids. Input and output are files of frames: a little-endian 32-bit length, then that many
// bytes of UTF-8 (input) or that many little-endian 32-bit ids (output).
// Usage: node tiktoken.mjs <encoding> <input> <output>
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { get_encoding } from "tiktoken";

const [name, input, output] = process.argv.slice(2);
const encoding = get_encoding(name);
const texts = readFileSync(input);
const answers = openSync(output, "w");
let frames = [];

for (let at = 0, next; at < texts.length; at = next) {
  next = at + 4 + texts.readUInt32LE(at);
  const ids = encoding.encode_ordinary(texts.toString("utf8", at + 4, next));
  frames.push(Buffer.from(Uint32Array.of(ids.length).buffer), Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength));
  if (frames.length > 1000 || next === texts.length) {
    writeSync(answers, Buffer.concat(frames));
    frames = [];
  }
}

closeSync(answers);
