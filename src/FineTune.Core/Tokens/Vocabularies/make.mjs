// Writes o200k_base.bin, cl100k_base.bin and unicode.bin beside this file. README.md says what is in them and how to run this.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const referee = new URL("../../../../tests/FineTune.Core.Tests/Referee/package.json", import.meta.url);
const require = createRequire(fileURLToPath(referee));
const { Tiktoken } = require("tiktoken/lite");

const here = (name) => new URL(name, import.meta.url);

/** Token bytes by rank, from the package's text: lines of "name first-rank base64 base64 ...". */
function readRanks(text) {
  const tokens = [];
  for (const line of text.split("\n").filter(Boolean)) {
    const [, first, ...words] = line.split(" ");
    words.forEach((word, i) => (tokens[Number(first) + i] = Buffer.from(word, "base64")));
  }

  return tokens;
}

/** The two ranks whose merge makes this token: what byte pair encoding leaves when only lower ranks may merge. */
function lastMerge(bytes, rankOf, limit) {
  let parts = [...bytes].map((byte) => String.fromCharCode(byte));
  for (;;) {
    let best = limit, at = -1;
    for (let i = 0; i + 1 < parts.length; i++) {
      const rank = rankOf.get(parts[i] + parts[i + 1]);
      if (rank !== undefined && rank < best) [best, at] = [rank, i];
    }

    if (at < 0) return parts.map((part) => rankOf.get(part));
    parts.splice(at, 2, parts[at] + parts[at + 1]);
  }
}

function writeVocabulary(name) {
  const tokens = readRanks(require(`tiktoken/encoders/${name}.json`).bpe_ranks);
  const rankOf = new Map(tokens.map((bytes, rank) => [bytes.toString("latin1"), rank]));
  const data = Buffer.alloc(256 + (tokens.length - 256) * 6);
  tokens.forEach((bytes, rank) => {
    if (rank < 256) {
      if (bytes.length !== 1) throw new Error(`${name}: rank ${rank} is not a single byte`);
      data[rank] = bytes[0];
      return;
    }

    const parts = lastMerge(bytes, rankOf, rank);
    if (parts.length !== 2) throw new Error(`${name}: no merge makes rank ${rank}`);
    data.writeUIntLE(parts[0], 256 + (rank - 256) * 6, 3);
    data.writeUIntLE(parts[1], 256 + (rank - 256) * 6 + 3, 3);
  });
  writeFileSync(here(`${name}.bin`), data);
  console.log(`${name}: ${tokens.length} tokens`);
}

/** Which code points a pattern matches, asked of the regular expression engine inside tiktoken itself. */
function codePointsMatching(pattern, text) {
  const bytesOnly = ["! 0", ...Array.from({ length: 256 }, (_, i) => Buffer.of(i).toString("base64"))].join(" ");
  const engine = new Tiktoken(bytesOnly, {}, pattern);
  const matched = Buffer.from(engine.encode_ordinary(text)).toString("utf8");
  engine.free();
  return [...matched].map((character) => character.codePointAt(0));
}

// The numbers are those of the enum CharacterClass.
const classes = [
  [1, "[\\p{Lu}\\p{Lt}]"], [2, "\\p{Ll}"], [3, "[\\p{Lm}\\p{Lo}]"], [4, "\\p{M}"], [5, "\\p{N}"], [6, "\\s"], [7, "[\\r\\n]"],
];

function writeUnicode() {
  const classOf = new Uint8Array(0x110000);
  for (let start = 0; start < 0x110000; start += 0x1000) {
    if (start >= 0xd800 && start < 0xe000) continue;
    const text = Array.from({ length: 0x1000 }, (_, i) => String.fromCodePoint(start + i)).join("");
    for (const [value, pattern] of classes) codePointsMatching(pattern, text).forEach((point) => (classOf[point] = value));
  }

  const runs = [];
  for (let point = 0, end; point < classOf.length; point = end) {
    for (end = point + 1; end < classOf.length && classOf[end] === classOf[point]; end++);
    const run = Buffer.alloc(4);
    run.writeUInt32LE(end * 8 + classOf[point]);
    runs.push(run);
  }

  writeFileSync(here("unicode.bin"), Buffer.concat(runs));
  console.log(`unicode: ${runs.length} runs`);
}

writeVocabulary("cl100k_base");
writeVocabulary("o200k_base");
writeUnicode();
