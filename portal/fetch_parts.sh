#!/bin/sh
# Fetch the portal's browser parts by package-lock.json and lay them where the portal serves them from.
# With --with-test-parts also what only tests use. Without Node.js everything but the portal works.
set -u
parts="portal/parts/htmx.min.js portal/parts/pico.min.css portal/parts/echarts.common.min.js"
omit="--omit=dev"
[ "${1:-}" = "--with-test-parts" ] && omit="" && parts="$parts node_modules/axe-core/axe.min.js"

stale=""
for part in $parts; do
  [ "$part" -nt package-lock.json ] || stale=yes
done
[ -z "$stale" ] && exit 0

if ! command -v npm >/dev/null 2>&1; then
  echo "本机没有 Node.js，未取得网页部件：duban portal 暂不能用，其余不受影响。装好后重新运行 make setup。"
  exit 0
fi
if ! npm ci $omit --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null; then
  echo "未能取得网页部件：duban portal 暂不能用，其余不受影响。联网后重新运行 make setup。"
  exit 0
fi
mkdir -p portal/parts
cp node_modules/htmx.org/dist/htmx.min.js node_modules/@picocss/pico/css/pico.min.css \
  node_modules/echarts/dist/echarts.common.min.js portal/parts/
touch $parts
