#!/usr/bin/env bash
# Measures `finetune validate` on a generated chat file of the given size (MB, default 1000): MB/s of wall and of CPU time, peak memory,
# on one core and on all; then with its second half as the validation dataset of its first; then how long after the line cap a line of
# 100 MB is given up.
# Needs node, to generate, and GNU time. The texts repeat the sample's words in new sentences, each example is unique.
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-1000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

node - "$work/big.jsonl" "$size" <<'JS'
const fs = require('fs');
const [path, megabytes] = process.argv.slice(2);
const words = [...new Set(fs.readFileSync('samples/support-bot.jsonl', 'utf8').match(/[A-Za-z']+/g))];
let state = 1; // mulberry32: a generator that repeats itself would make near duplicates
const random = n => {
  state = (state + 0x6D2B79F5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % n;
};
const text = n => Array.from({ length: n }, () => words[random(words.length)]).join(' ');
const out = fs.openSync(path, 'w');
for (let written = 0, i = 0; written < megabytes * 1e6;) {
  let lines = '';
  for (let k = 0; k < 1000; k++, i++) {
    lines += JSON.stringify({ messages: [{ role: 'user', content: `${i}: ${text(30)}?` }, { role: 'assistant', content: `${text(60)}.` }] }) + '\n';
  }
  written += fs.writeSync(out, lines);
}
JS

dotnet build src/FineTune.Local -c Release --nologo -v quiet -clp:NoSummary
bytes=$(stat -c %s "$work/big.jsonl")

measure() { # what it is, the last argument of the program, and what it is started with
  local name=$1 arguments=$2
  shift 2
  # Over the file limit of the provider, so it may not be trainable.
  # shellcheck disable=SC2086
  "$@" /usr/bin/time -f '%e %U %S %M' -o "$work/time" dotnet artifacts/bin/FineTune.Local/release/finetune.dll validate --provider other $arguments | head -2 || true
  read -r wall user system memory < <(tail -1 "$work/time")
  awk -v n="$name" -v b="$bytes" -v w="$wall" -v u="$user" -v s="$system" -v m="$memory" \
    'BEGIN { printf "%s: %.0f MB: %.0f MB/s of wall time, %.0f MB/s of CPU time, peak memory %.0f MB\n", n, b / 1e6, b / 1e6 / w, b / 1e6 / (u + s), m / 1000 }'
}

# Milliseconds of the processor, as few as in nine runs it took, the program's start included.
least_cpu() {
  for _ in 1 2 3 4 5 6 7 8 9; do
    local TIMEFORMAT='%U %S'
    { time dotnet artifacts/bin/FineTune.Local/release/finetune.dll validate --provider other "$1" > "$work/report"; } 2>&1 || true
  done | awk '{ printf "%.0f\n", ($1 + $2) * 1000 }' | sort -n | head -1
}

measure "one core" "$work/big.jsonl" taskset -c 0
measure "all cores" "$work/big.jsonl" env

split -n l/2 "$work/big.jsonl" "$work/half."
measure "leaks, $(wc -l < "$work/half.aa") and $(wc -l < "$work/half.ab") examples" "--training $work/half.aa $work/half.ab" env

node -e 'const [path, length] = process.argv.slice(1); require("fs").writeFileSync(path, "x".repeat(length))' "$work/cap" $((4 * 1024 * 1024 + 1))
node -e 'const [path, length] = process.argv.slice(1); require("fs").writeFileSync(path, "x".repeat(length))' "$work/long" 100000000
echo "a line of 100 MB: given up after $(($(least_cpu "$work/long") - $(least_cpu "$work/cap"))) ms more of CPU time than a line that ends a byte past the cap"
