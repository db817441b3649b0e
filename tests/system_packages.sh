#!/bin/sh
# Install the system parts the tests use, where that is permitted; else say which tests will not run.
set -u
missing=""
want() { # want COMMAND-OR-FILE PACKAGE
  command -v "$1" >/dev/null 2>&1 || [ -e "$1" ] || ls $1 >/dev/null 2>&1 || missing="$missing $2"
}
get() { # get PACKAGE, each by itself: what one distribution lacks must not keep the others away
  apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$1" >/dev/null 2>&1
}
want "/usr/lib/postgresql/*/bin/initdb" postgresql
want "/usr/lib/libreoffice/program/libswlo.so" libreoffice-writer # old Word files
want "/usr/lib/libreoffice/program/libsclo.so" libreoffice-calc # workbooks saved by another hand
want pdftotext poppler-utils # what stands where on a page
want "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc" fonts-noto-cjk # papers as PDF
want chromium chromium # pages in a real browser
want npm npm # fetches the parts those pages are made of
[ -z "$missing" ] && exit 0
absent="$missing"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "安装测试所需的系统软件包：$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null 2>&1
  absent=""
  for package in $missing; do
    get "$package" || absent="$absent $package"
  done
fi
[ -z "$absent" ] || echo "未能安装系统软件包：$absent。依赖它们的测试会标为“未运行”。"
exit 0
