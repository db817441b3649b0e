#!/bin/sh
# Install the system parts the tests use, where that is permitted; else say which tests will not run.
set -u
missing=""
want() { # want COMMAND-OR-FILE PACKAGE
  command -v "$1" >/dev/null 2>&1 || [ -e "$1" ] || ls $1 >/dev/null 2>&1 || missing="$missing $2"
}
want "/usr/lib/postgresql/*/bin/initdb" postgresql
want "/usr/lib/libreoffice/program/libswlo.so" libreoffice-writer # old Word files
want "/usr/lib/libreoffice/program/libsclo.so" libreoffice-calc # workbooks saved by another hand
want chromium chromium # pages in a real browser
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "安装测试所需的系统软件包：$missing"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1 && exit 0
fi
echo "未能安装系统软件包：$missing。依赖它们的测试会标为“未运行”。"
exit 0
