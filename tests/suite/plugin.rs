//! An ordinary plugin, and what is done to a project until it is planned and deployed.

use crate::room::Room;

/// A plugin that the gate lets in.
pub const PLUGIN: &str = "class Weather:\n    name = \"weather\"\n    version = \"1.0.0\"\n    def execute(self, city):\n        return city\n\n\nPLUGIN_CLASS = Weather\n";

/// Reads and judges all that is in the project.
#[track_caller]
pub fn judge(room: &Room) {
    each(room, &["scan", "classify", "security-eval"]);
}

/// The same, and makes a plan of it.
#[track_caller]
pub fn plan(room: &Room) {
    each(room, &["scan", "classify", "security-eval", "plan"]);
}

#[track_caller]
fn each(room: &Room, commands: &[&str]) {
    for command in commands {
        let ran = room.run(&[command, "--exit-zero"]);
        assert_eq!(ran.code, 0, "{command}: {}{}", ran.stdout, ran.stderr);
    }
}

/// A project of which one version is deployed and another is planned.
pub fn planned() -> Room {
    planned_with(&[])
}

/// The same, beside files that stay as they are.
pub fn planned_with(others: &[(&str, &str)]) -> Room {
    let room = Room::with(others);
    room.write("plugins/weather.py", PLUGIN);
    plan(&room);
    assert_eq!(room.run(&["integrate"]).code, 0);
    room.write("plugins/weather.py", PLUGIN.replace("1.0.0", "1.1.0"));
    plan(&room);
    room
}

/// What the operator configured from now on.
pub fn operator(room: &Room, text: &str) {
    let folder = room.home().join("config/aetherra");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("maint.yaml"), text).expect("a file");
}
