; Untried: an installer for Windows, with Inno Setup 6. Folder is what packaging/make.py made.
#ifndef Folder
  #error Say where the frozen program is: iscc /DFolder=C:\built packaging\recipes\windows.iss
#endif
#define Version GetVersionNumbersString(Folder + "\mlflow-cost\mlflow-cost-desktop.exe")

[Setup]
AppId=mlflow-cost-desktop
AppName=MLflow Cost
AppVersion={#Version}
DefaultDirName={autopf}\MLflow Cost
DefaultGroupName=MLflow Cost
LicenseFile=..\..\LICENSE
OutputBaseFilename=mlflow-cost-desktop-setup
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; For the one who installs it, without asking for an administrator.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ChangesAssociations=yes
ChangesEnvironment=yes
UninstallDisplayIcon={app}\mlflow-cost-desktop.exe

[Tasks]
Name: path; Description: "Add the command mlflow-cost to the path"

[Files]
Source: "{#Folder}\mlflow-cost\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\MLflow Cost"; Filename: "{app}\mlflow-cost-desktop.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\.mlcost"; ValueType: string; ValueData: "MLflowCost.Scenario"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\MLflowCost.Scenario"; ValueType: string; ValueData: "MLflow Cost scenario"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\MLflowCost.Scenario\DefaultIcon"; ValueType: string; ValueData: "{app}\mlflow-cost-desktop.exe,0"
Root: HKA; Subkey: "Software\Classes\MLflowCost.Scenario\shell\open\command"; ValueType: string; ValueData: """{app}\mlflow-cost-desktop.exe"" ""%1"""
Root: HKA; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: not IsAdminInstallMode
