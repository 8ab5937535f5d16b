//! Flags that every subcommand takes, before or after its name.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aetherra_maint::model::Severity;
use aetherra_maint::report::Format;
use aetherra_maint::report::exit::ExitRules;
use aetherra_maint::settings::Profile;
use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{ArgAction, Args, ValueEnum};

/// The global flags.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct Globals {
    /// Folder that relative paths start from
    #[arg(short = 'C', long = "directory", global = true, value_name = "DIR")]
    pub directory: Option<PathBuf>,
    /// Read this configuration file instead of the ones that would be found
    #[arg(short, long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Read no configuration files
    #[arg(long, global = true, conflicts_with = "config")]
    pub isolated: bool,
    /// Set one key of the configuration
    #[arg(long = "set", global = true, value_name = "KEY.PATH=VALUE")]
    pub set: Vec<String>,
    /// State directory [default: the nearest .aetherra above, else ./.aetherra]
    #[arg(long, global = true, value_name = "DIR", env = "AETHERRA_STATE_DIR", hide_env_values = true)]
    pub state: Option<PathBuf>,
    /// Defaults of a profile
    #[arg(long, global = true, value_parser = profile, value_name = "standard|prod|dev|test")]
    pub profile: Option<Profile>,
    /// Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    #[arg(short, long, global = true, value_enum, default_value_t = FormatArg::Human, hide_possible_values = true, value_name = "human|json|jsonl|...")]
    pub format: FormatArg,
    /// Write the report to a file as well, replacing it in one step
    #[arg(short, long, global = true, value_name = "[FORMAT=]PATH", value_parser = OsStringValueParser::new().try_map(OutputArg::parse))]
    pub output: Vec<OutputArg>,
    /// Less talk; twice: no warnings either
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub quiet: u8,
    /// More talk, with times; twice: all of it
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// Colours
    #[arg(long, global = true, value_enum, default_value_t = When::Auto, value_name = "WHEN", hide_possible_values = true)]
    pub color: When,
    /// Progress on stderr: bars on a terminal, with `always` lines elsewhere
    #[arg(long, global = true, value_enum, default_value_t = When::Auto, value_name = "WHEN", hide_possible_values = true)]
    pub progress: When,
    /// How much is told on stderr: off, error, warn, info, debug, trace
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "LEVEL",
        env = "AETHERRA_LOG_LEVEL",
        hide_env_values = true,
        hide_possible_values = true,
        ignore_case = true
    )]
    pub log_level: Option<LogLevel>,
    /// How it is told on stderr: text, json
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text, value_name = "FORMAT", hide_possible_values = true)]
    pub log_format: LogFormat,
    /// Say what would be done, and do nothing
    #[arg(short = 'n', long, global = true)]
    pub dry_run: bool,
    /// Answer every question with yes
    #[arg(short = 'y', long, global = true)]
    pub yes: bool,
    /// Never ask; fail where an answer is needed
    #[arg(long, global = true)]
    pub no_input: bool,
    /// When another run holds the state: fail, wait, or skip this run
    #[arg(long, global = true, value_enum, default_value_t = OnLock::Fail, value_name = "fail|wait|skip", hide_possible_values = true)]
    pub on_lock: OnLock,
    /// How long `--on-lock wait` waits, such as 30s or 5m
    #[arg(long, global = true, value_parser = duration, default_value = "60s", value_name = "DURATION")]
    pub lock_timeout: Duration,
    /// End the run after this time, such as 90s or 10m, with exit code 124
    #[arg(long, global = true, value_parser = duration, value_name = "DURATION")]
    pub max_runtime: Option<Duration>,
    /// The mildest severity that makes the answer no: note, low, medium, high, critical
    #[arg(long, global = true, value_parser = severity, value_name = "SEVERITY")]
    pub fail_on: Option<Severity>,
    /// The mildest severity that is shown
    #[arg(long, global = true, value_parser = severity, value_name = "SEVERITY")]
    pub report_from: Option<Severity>,
    /// Exit with 0 when the answer is no; masks no other code
    #[arg(long, global = true)]
    pub exit_zero: bool,
    /// Exit with 4 when there are no inputs
    #[arg(long, global = true)]
    pub fail_on_empty: bool,
    /// Exit with 0 when some inputs could not be judged
    #[arg(long, global = true)]
    pub allow_incomplete: bool,
    /// Threads [default: one a core]
    #[arg(short, long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

impl Globals {
    /// How outcomes become exit codes.
    pub fn exit_rules(&self) -> ExitRules {
        ExitRules {
            exit_zero: self.exit_zero,
            allow_incomplete: self.allow_incomplete,
            fail_on_empty: self.fail_on_empty,
        }
    }

    /// The project folder: `-C`, else the current one.
    pub fn project(&self) -> PathBuf {
        self.directory.clone().unwrap_or_else(|| PathBuf::from("."))
    }

    /// A path given on the command line, which starts from the project folder.
    pub fn resolve(&self, path: &Path) -> PathBuf {
        match &self.directory {
            Some(directory) if path.is_relative() => directory.join(path),
            _ => path.to_path_buf(),
        }
    }

    /// How talkative the run is: 0 is usual, each `-v` adds one, each `-q` takes one away.
    pub fn verbosity(&self) -> i8 {
        let base = match self.log_level {
            Some(LogLevel::Off) => -3,
            Some(LogLevel::Error) => -2,
            Some(LogLevel::Warn) => -1,
            None | Some(LogLevel::Info) => 0,
            Some(LogLevel::Debug) => 1,
            Some(LogLevel::Trace) => 2,
        };
        let count = |flags: u8| i8::try_from(flags).unwrap_or(i8::MAX);
        base + count(self.verbose.min(9)) - count(self.quiet.min(9))
    }
}

/// The output formats by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// For people
    Human,
    /// One JSON document
    Json,
    /// One JSON object a line, the last of type summary
    Jsonl,
    /// SARIF 2.1.0
    Sarif,
    /// GitHub workflow commands
    Github,
    /// GitLab code quality
    Gitlab,
    /// JUnit XML
    Junit,
    /// Markdown
    Markdown,
    /// Prometheus text
    Prometheus,
    /// One self-contained page
    Html,
}

impl FormatArg {
    /// The library's word for it.
    pub fn format(self) -> Format {
        match self {
            Self::Human => Format::Human,
            Self::Json => Format::Json,
            Self::Jsonl => Format::Jsonl,
            Self::Sarif => Format::Sarif,
            Self::Github => Format::Github,
            Self::Gitlab => Format::Gitlab,
            Self::Junit => Format::Junit,
            Self::Markdown => Format::Markdown,
            Self::Prometheus => Format::Prometheus,
            Self::Html => Format::Html,
        }
    }

    /// The name on the command line.
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// What the ending of a file name stands for.
    fn from_extension(path: &Path) -> Self {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => Self::Json,
            Some("jsonl" | "ndjson") => Self::Jsonl,
            Some("sarif") => Self::Sarif,
            Some("xml") => Self::Junit,
            Some("md" | "markdown") => Self::Markdown,
            Some("prom") => Self::Prometheus,
            Some("html" | "htm") => Self::Html,
            _ => Self::Human,
        }
    }
}

/// One `-o [FORMAT=]PATH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputArg {
    /// The format named, or the one that the ending of the file name stands for.
    pub format: FormatArg,
    /// Where to write.
    pub path: PathBuf,
}

impl OutputArg {
    /// Reads the argument. A word before `=` that is no format is a mistake, not the start of a file name.
    fn parse(argument: OsString) -> Result<Self, String> {
        if let Some((name, path)) = argument.to_str().and_then(|text| text.split_once('='))
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            let format = FormatArg::from_str(name, true)
                .map_err(|_| format!("there is no format `{name}`; a file of this name is `./{name}={path}`"))?;
            return Ok(Self { format, path: PathBuf::from(path) });
        }
        let path = PathBuf::from(argument);
        Ok(Self { format: FormatArg::from_extension(&path), path })
    }
}

/// When to do something that only suits a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How much is told on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// Nothing but a failure of the run
    Off,
    /// Errors
    #[value(alias = "critical")]
    Error,
    /// Warnings too
    #[value(alias = "warning")]
    Warn,
    /// The summary too
    Info,
    /// Notes too
    Debug,
    /// Everything
    Trace,
}

/// How it is told on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

/// What to do when another run holds the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnLock {
    /// Exit with 11
    Fail,
    /// Wait for it
    Wait,
    /// Do nothing and exit with 0
    Skip,
}

fn severity(word: &str) -> Result<Severity, String> {
    Severity::ALL
        .into_iter()
        .find(|severity| severity.word() == word.to_ascii_lowercase())
        .ok_or_else(|| "expected one of note, low, medium, high, critical".to_owned())
}

fn profile(word: &str) -> Result<Profile, String> {
    serde_json::from_value(serde_json::Value::String(word.to_ascii_lowercase()))
        .map_err(|_| "expected one of standard, prod, dev, test".to_owned())
}

/// A length of time such as `90`, `90s`, `5m` or `1h 30m`; a bare number counts seconds.
pub fn duration(text: &str) -> Result<Duration, String> {
    if let Ok(seconds) = text.parse::<u32>() {
        return Ok(Duration::from_secs(seconds.into()));
    }
    let wrong = || "expected a length of time such as 90s, 5m or 1h30m".to_owned();
    let signed: jiff::SignedDuration = text.parse().map_err(|_| wrong())?;
    Duration::try_from(signed).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_name_their_format_or_show_it() {
        let parse = |text: &str| OutputArg::parse(OsString::from(text));
        let read = |format, path: &str| Ok(OutputArg { format, path: path.into() });
        assert_eq!(parse("sarif=out.txt"), read(FormatArg::Sarif, "out.txt"));
        assert_eq!(parse("out.sarif"), read(FormatArg::Sarif, "out.sarif"));
        assert_eq!(parse("./a=b.json"), read(FormatArg::Json, "./a=b.json"));
        assert_eq!(parse("report"), read(FormatArg::Human, "report"));
        assert!(parse("srif=out.txt").is_err_and(|why| why.contains("./srif=out.txt")));
    }

    #[test]
    fn lengths_of_time() {
        assert_eq!(duration("90"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("1h30m"), Ok(Duration::from_secs(5400)));
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        assert!(duration("-5s").is_err());
        assert!(duration("soon").is_err());
    }
}
