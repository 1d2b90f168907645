#!/usr/bin/env bash
# Measures the figures in docs/reliability.md and writes them into that page. Wants the machine for itself.
#   bench/reliability.sh                     all parts, one after the other
#   bench/reliability.sh simulation kills    some of them; the others' figures stay as they were measured last in this working copy
# Parts: simulation (thousands of plans), kills (the real program killed more than a hundred times), load (thousands of runs at once:
# FT_LOAD of them, 10000 unless said otherwise).
set -euo pipefail
cd "$(dirname "$0")/.."
export FT_FIGURES=$PWD/artifacts/figures
mkdir -p "$FT_FIGURES"

simulation() { dotnet test tests/FineTune.Simulation.Tests --no-build --nologo --filter Product_KeepsItsPromises; }
kills() { dotnet test tests/FineTune.EndToEnd.Tests --no-build --nologo --filter KillMatrix -- xUnit.Explicit=on; }
load() { dotnet test tests/FineTune.EndToEnd.Tests --no-build --nologo --filter WhenThousandsAreDroppedAtOnce -- xUnit.Explicit=on; }

parts=("$@")
[ $# -gt 0 ] || parts=(simulation kills load)
for part in "${parts[@]}"; do
  case $part in
    simulation | kills | load) ;;
    *) echo "There is no part '$part'. There are simulation, kills and load." >&2; exit 2 ;;
  esac
done

dotnet build FineTuneFunctions.sln --nologo -v quiet -clp:NoSummary
for part in "${parts[@]}"; do
  "$part"
done

page=docs/reliability.md
cpu=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
{
  sed '/<!-- figures -->/q' "$page"
  echo
  echo "Measured $(date -u +%Y-%m-%d) by \`bench/reliability.sh ${parts[*]}\` at commit $(git rev-parse --short HEAD), on $(nproc) processors (${cpu:-unknown}), $(uname -sm), .NET $(dotnet --version)."
  echo
  echo '| what | figure |'
  echo '|---|---|'
  cat "$FT_FIGURES"/*
} > "$page.new"
mv "$page.new" "$page"
