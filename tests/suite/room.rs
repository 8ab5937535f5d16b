//! A sealed room: an empty environment, a fixed clock and seed, and a folder that is thrown away.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// When every room's clock starts.
pub const CLOCK: &str = "2030-01-02T03:04:05Z";

/// A folder with a project in it, and nothing of the machine around it.
pub struct Room {
    folder: TempDir,
}

/// What a command left behind.
#[derive(Debug, Clone)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Room {
    /// An empty project.
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("room-").expect("a temporary folder");
        for name in ["project", "home"] {
            std::fs::create_dir(folder.path().join(name)).expect("a folder in it");
        }
        Self { folder }
    }

    /// A project with these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let room = Self::new();
        for (path, text) in files {
            room.write(path, text);
        }
        room
    }

    /// The project folder, without symbolic links.
    pub fn project(&self) -> PathBuf {
        self.folder.path().join("project").canonicalize().expect("the project")
    }

    /// The home folder; `home/config` is its `XDG_CONFIG_HOME`.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// A path in the project.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.project().join(relative)
    }

    /// Writes a file of the project, making its folders.
    pub fn write(&self, relative: &str, content: impl AsRef<[u8]>) {
        let path = self.path(relative);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("its folder");
        std::fs::write(path, content).expect("a file");
    }

    /// The binary with the room around it, ready for more.
    pub fn command<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aetherra-maint"));
        command
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", self.home())
            .env("XDG_CONFIG_HOME", self.home().join("config"))
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "UTC")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("AETHERRA_MAINT_TEST_CLOCK", CLOCK)
            .env("AETHERRA_MAINT_TEST_SEED", "1")
            .current_dir(self.project())
            .stdin(Stdio::null());
        command
    }

    /// Runs the binary.
    pub fn run<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Ran {
        Ran::of(&mut self.command(arguments))
    }

    /// Runs the binary with `-f json`, and validates what it says against the committed schema.
    pub fn json<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Value {
        let ran = Ran::of(self.command(arguments).args(["-f", "json"]));
        ran.envelope()
    }
}

impl Ran {
    /// Runs a prepared command. A death by signal has the code 128 + its number.
    pub fn of(command: &mut Command) -> Self {
        use std::os::unix::process::ExitStatusExt;
        let output = command.output().expect("the binary starts");
        Self {
            code: output.status.code().or_else(|| output.status.signal().map(|signal| 128 + signal)).expect("an end"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
        }
    }

    /// The one document on stdout: valid JSON, valid by its schema, and true to the exit code.
    pub fn envelope(&self) -> Value {
        let document: Value = serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("stdout is no JSON document ({error}):\n{}\n{}", self.stdout, self.stderr));
        validate(&document);
        assert_eq!(document["exit_code"], self.code, "the document and the process disagree");
        assert_eq!(document["ok"], self.code == 0);
        document
    }
}

/// Validates a document against the committed schema that it names.
pub fn validate(document: &Value) {
    let name = document["schema"].as_str().expect("a document names its schema");
    let path = repository().join("schemas").join(format!("{}.json", name.replace('/', "-")));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let schema: Value = serde_json::from_str(&text).expect("a JSON Schema");
    let validator = jsonschema::draft202012::new(&schema).expect("a valid JSON Schema");
    let problems: Vec<String> =
        validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(problems.is_empty(), "the document breaks {name}:\n{}\n{document:#}", problems.join("\n"));
}

/// The root of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether committed files are to be rewritten instead of compared: `UPDATE=1 cargo test`.
pub fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// Compares a committed file with what it should be, or rewrites it.
#[track_caller]
pub fn expect_file(path: &Path, expected: &str) {
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    if committed == expected {
        return;
    }
    if updating() {
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("its folder");
        std::fs::write(path, expected).expect("a file");
        return;
    }
    let difference = similar::TextDiff::from_lines(committed.as_str(), expected);
    panic!(
        "{} is stale; `UPDATE=1 cargo test --test suite` rewrites it\n{}",
        path.strip_prefix(repository()).unwrap_or(path).display(),
        difference.unified_diff().context_radius(2)
    );
}
