#!/bin/sh
# Untried: makes FOLDER/MLflow Cost.app and a disk image of FOLDER/mlflow-cost, as made by
# packaging/make.py on macOS. It is neither signed nor notarized: that takes a developer's account.
set -eu
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' mlflow_cost_desktop/__init__.py)
app="$folder/MLflow Cost.app"
rm -rf "$app"
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources"
cp -a "$folder/mlflow-cost/" "$app/Contents/MacOS/"
# One executable for both commands, told apart by its name.
ln -s mlflow-cost "$app/Contents/MacOS/mlflow-cost-desktop"
icons=$folder/icons.iconset
mkdir -p "$icons"
for size in 16 32 128 256 512; do
    sips -s format png -z "$size" "$size" resources/icons/app.svg --out "$icons/icon_${size}x$size.png"
done
iconutil -c icns -o "$app/Contents/Resources/app.icns" "$icons"
cat >"$app/Contents/Info.plist" <<PLIST
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>CFBundleName</key><string>MLflow Cost</string>
  <key>CFBundleIdentifier</key><string>org.example.mlflow-cost-desktop</string>
  <key>CFBundleExecutable</key><string>mlflow-cost-desktop</string>
  <key>CFBundleIconFile</key><string>app.icns</string>
  <key>CFBundlePackageType</key><string>APPL</string>
  <key>CFBundleShortVersionString</key><string>$version</string>
  <key>NSHighResolutionCapable</key><true/>
  <key>UTExportedTypeDeclarations</key><array><dict>
    <key>UTTypeIdentifier</key><string>org.example.mlflow-cost-scenario</string>
    <key>UTTypeDescription</key><string>MLflow Cost scenario</string>
    <key>UTTypeConformsTo</key><array><string>public.json</string></array>
    <key>UTTypeTagSpecification</key><dict>
      <key>public.filename-extension</key><array><string>mlcost</string></array>
    </dict>
  </dict></array>
  <key>CFBundleDocumentTypes</key><array><dict>
    <key>CFBundleTypeName</key><string>MLflow Cost scenario</string>
    <key>CFBundleTypeRole</key><string>Editor</string>
    <key>LSHandlerRank</key><string>Owner</string>
    <key>LSItemContentTypes</key><array><string>org.example.mlflow-cost-scenario</string></array>
  </dict></array>
</dict></plist>
PLIST
hdiutil create -volname "MLflow Cost" -srcfolder "$app" -ov "$folder/mlflow-cost-desktop-$version.dmg"
