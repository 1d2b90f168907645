// Times one npm tokenizer on the texts of the benchmark. Input: frames as in tiktoken.mjs. For every line on standard input it counts
// all texts once and answers "tokens seconds".
// Usage: node throughput.mjs <gpt-tokenizer|tiktoken> <encoding> <input>
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [name, encoding, input] = process.argv.slice(2);
const count = name === "tiktoken" ? await tiktoken() : await gptTokenizer();
const frames = readFileSync(input);
const texts = [];

for (let at = 0, next; at < frames.length; at = next) {
  next = at + 4 + frames.readUInt32LE(at);
  texts.push(frames.toString("utf8", at + 4, next));
}

for await (const _ of createInterface({ input: process.stdin })) {
  const start = process.hrtime.bigint();
  const tokens = texts.reduce((sum, text) => sum + count(text), 0);
  console.log(`${tokens} ${Number(process.hrtime.bigint() - start) / 1e9}`);
}

async function tiktoken() {
  const { get_encoding } = await import("tiktoken");
  const instance = get_encoding(encoding);
  return (text) => instance.encode_ordinary(text).length;
}

async function gptTokenizer() {
  const module = await import(`gpt-tokenizer/encoding/${encoding}`);
  return (text) => module.countTokens(text);
}
