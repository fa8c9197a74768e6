#!/bin/sh
# Untried: packs FOLDER/mlflow-cost, as made by packaging/make.py, into an AppImage in FOLDER.
set -eu
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
app=$folder/AppDir
rm -rf "$app"
mkdir -p "$app/usr/lib" "$app/usr/share/mime/packages"
cp -a "$folder/mlflow-cost" "$app/usr/lib/mlflow-cost-desktop"
cp packaging/mlflow-cost-desktop.desktop "$app/"
cp packaging/mlflow-cost-desktop.xml "$app/usr/share/mime/packages/"
cp resources/icons/app.svg "$app/mlflow-cost-desktop.svg"
cat >"$app/AppRun" <<'RUN'
#!/bin/sh
# Called as mlflow-cost, by a link or as first word, it is the command line.
here=$(dirname "$(readlink -f "$0")")/usr/lib/mlflow-cost-desktop
if [ "$(basename "${ARGV0:-}")" = mlflow-cost ]; then exec "$here/mlflow-cost" "$@"; fi
if [ "${1:-}" = mlflow-cost ]; then shift; exec "$here/mlflow-cost" "$@"; fi
exec "$here/mlflow-cost-desktop" "$@"
RUN
chmod 755 "$app/AppRun"
appimagetool "$app" "$folder/MLflow_Cost-$(uname -m).AppImage"
