//! Other programs: with a shell, without one, by a partial path, with wildcards, over SSH.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

use super::words::built;
use super::{Rule, Sink, Site, Trigger};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::Constant;

/// Functions of `subprocess` that take `shell`.
pub(super) const SUBPROCESS: &[&str] =
    &["subprocess.Popen", "subprocess.call", "subprocess.check_call", "subprocess.check_output", "subprocess.run"];

/// Functions that always start a shell.
pub(super) const SHELL: &[&str] = &[
    "os.system",
    "os.popen",
    "os.popen2",
    "os.popen3",
    "os.popen4",
    "popen2.popen2",
    "popen2.popen3",
    "popen2.popen4",
    "popen2.Popen3",
    "popen2.Popen4",
    "commands.getoutput",
    "commands.getstatusoutput",
    "subprocess.getoutput",
    "subprocess.getstatusoutput",
    "asyncio.create_subprocess_shell",
    "pexpect.run",
];

/// Functions that replace or start a process without a shell.
pub(super) const NO_SHELL: &[&str] = &[
    "os.execl",
    "os.execle",
    "os.execlp",
    "os.execlpe",
    "os.execv",
    "os.execve",
    "os.execvp",
    "os.execvpe",
    "os.spawnl",
    "os.spawnle",
    "os.spawnlp",
    "os.spawnlpe",
    "os.spawnv",
    "os.spawnve",
    "os.spawnvp",
    "os.spawnvpe",
    "os.posix_spawn",
    "os.posix_spawnp",
    "os.startfile",
];

pub(super) const SHELL_TRUE: Rule = Rule {
    id: "subprocess-shell",
    title: "a command that is put together is run by a shell",
    aliases: &["B602", "S602"],
    category: Category::ExternalCommand,
    cwe: 78,
    severity: Severity::High,
    help: "pass a list of arguments and leave `shell` out",
    triggers: &[Trigger::Call(SUBPROCESS)],
    check: |site, sink| {
        let Some(shell) = site.keyword("shell") else { return };
        if !may_be_true(site, shell) {
            return;
        }
        let Some(command) = site.argument("args", 0) else { return };
        if !sink.is_full() || !site.call().is_none_or(|call| call.arguments.args.is_empty()) {
            let certain = site.is_true(shell);
            command_line(site, sink, shell.range(), command, certain);
        }
    },
};

pub(super) const SUBPROCESS_USED: Rule = Rule {
    id: "subprocess-used",
    title: "a program is started whose name or arguments are not constant",
    aliases: &["B603", "S603"],
    category: Category::ExternalCommand,
    cwe: 78,
    severity: Severity::Note,
    help: "name the program by a constant, and check arguments that begin with `-`",
    triggers: &[Trigger::Call(SUBPROCESS)],
    check: |site, sink| {
        let shell = site.keyword("shell");
        if shell.is_some_and(|shell| may_be_true(site, shell)) {
            return;
        }
        let range = shell.map_or(site.range(), Ranged::range);
        match site.argument("args", 0) {
            Some(command) if !site.is_constant(command) => {
                // Without a shell, text that is put together names the program.
                let severity =
                    if built(command).is_some() && !site.file.test_code { Severity::Low } else { Severity::Note };
                sink.report(
                    range,
                    severity,
                    Confidence::Medium,
                    "a program is started with arguments that are not constant",
                );
            }
            _ => sink.unjudged(range, Severity::Note, "a program is started with constant arguments"),
        }
    },
};

pub(super) const CALL_SHELL_TRUE: Rule = Rule {
    id: "call-with-shell",
    title: "a function is told to use a shell",
    aliases: &["B604", "S604"],
    category: Category::ExternalCommand,
    cwe: 78,
    severity: Severity::Low,
    help: "pass a list of arguments and leave `shell` out",
    triggers: &[Trigger::Keyword(&["shell"])],
    check: |site, sink| {
        // What cannot be resolved was not shown to the rules above.
        let name = site.call().and_then(|call| site.resolve(&call.func));
        if name.as_deref().is_some_and(|name| SUBPROCESS.contains(&name)) {
            return;
        }
        let Some(shell) = site.keyword("shell") else { return };
        if !may_be_true(site, shell) {
            return;
        }
        let constant = site.first().is_none_or(|first| site.is_constant(first) || first.range() == shell.range());
        if constant || !site.is_true(shell) || site.file.test_code {
            sink.unjudged(shell.range(), Severity::Low, "a function is told to use a shell");
        } else {
            sink.report(
                shell.range(),
                Severity::Low,
                Confidence::Low,
                "a function is told to run a text that is not constant with a shell",
            );
        }
    },
};

pub(super) const SHELL_USED: Rule = Rule {
    id: "shell-command",
    title: "a command that is put together is run by a shell",
    aliases: &["B605", "S605"],
    category: Category::ExternalCommand,
    cwe: 78,
    severity: Severity::High,
    help: "use `subprocess.run` with a list of arguments",
    triggers: &[Trigger::Call(SHELL), Trigger::Call(TEMPLATED)],
    check: |site, sink| {
        if site.name.is_some_and(|name| TEMPLATED.contains(&name)) {
            if !sink.is_full() {
                templated(site, sink);
            }
            return;
        }
        let Some(command) = site.first() else { return };
        let shell = site.name.is_some_and(|name| name != "pexpect.run");
        command_line(site, sink, site.range(), command, shell);
    },
};

/// Text of a template that whoever starts a run of Airflow fills.
const OPEN_FIELDS: &[&str] = &["dag_run.conf", "params.", "params["];

pub(super) const TEMPLATED: &[&str] = &[
    "airflow.operators.bash.BashOperator",
    "airflow.operators.bash_operator.BashOperator",
    "airflow.providers.standard.operators.bash.BashOperator",
];

/// `bash_command="… {{ dag_run.conf['x'] }}"`: the field is filled before the shell reads the command.
fn templated(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(command) = site.keyword("bash_command").and_then(|command| site.text(command)) else { return };
    let fields = command.split("{{").skip(1).filter_map(|rest| rest.split_once("}}"));
    if fields.into_iter().any(|(field, _)| OPEN_FIELDS.iter().any(|open| field.contains(open))) {
        let what = "whoever starts the run chooses a part of the command";
        sink.report(site.range(), Severity::High, Confidence::Medium, what);
    }
}

pub(super) const NO_SHELL_USED: Rule = Rule {
    id: "process-replaced",
    title: "a program is started without a shell",
    aliases: &["B606", "S606"],
    category: Category::ExternalCommand,
    cwe: 78,
    severity: Severity::Note,
    help: "name the program by a constant",
    triggers: &[Trigger::Call(NO_SHELL)],
    check: |site, sink| {
        if site.first().is_none_or(|first| site.is_constant(first)) {
            sink.unjudged(site.range(), Severity::Note, "a program is started by a constant name");
        } else {
            sink.report(
                site.range(),
                Severity::Note,
                Confidence::Medium,
                "a program is started whose name is not constant",
            );
        }
    },
};

pub(super) const PARTIAL_PATH: Rule = Rule {
    id: "partial-path",
    title: "a program is named without its folder",
    aliases: &["B607", "S607"],
    category: Category::ExternalCommand,
    cwe: 426,
    severity: Severity::Note,
    help: "name the program by its full path, or set `PATH` in `env`",
    triggers: &[Trigger::Call(SUBPROCESS), Trigger::Call(SHELL), Trigger::Call(NO_SHELL)],
    check: |site, sink| {
        let Some(first) = site.call().and_then(|call| call.arguments.args.first()) else { return };
        let program = match first {
            Expr::List(list) => list.elts.first(),
            Expr::Tuple(tuple) => tuple.elts.first(),
            other => Some(other),
        };
        let Some(Expr::StringLiteral(program)) = program else { return };
        let program = program.value.to_str();
        let mut bytes = program.bytes();
        let full = match (bytes.next(), bytes.next()) {
            (Some(b'/' | b'\\' | b'.'), _) => true,
            (Some(letter), Some(b':')) => letter.is_ascii_alphabetic(),
            _ => false,
        };
        if !full {
            sink.report(site.range(), Severity::Note, Confidence::High, "which program runs depends on `PATH`");
        }
    },
};

pub(super) const WILDCARD: Rule = Rule {
    id: "shell-wildcard",
    title: "a shell expands `*` for a command that takes options from file names",
    aliases: &["B609", "S609"],
    category: Category::ExternalCommand,
    cwe: 155,
    severity: Severity::Medium,
    help: "write `./*` or `--` in front of the wildcard, or list the files in Python",
    triggers: &[Trigger::Call(SHELL), Trigger::Call(SUBPROCESS)],
    check: |site, sink| {
        let shell = site.keyword("shell");
        let always = site.name.is_some_and(|name| SHELL.contains(&name));
        if !always && !shell.is_some_and(|shell| site.is_true(shell)) {
            return;
        }
        let Some(command) = site.first() else { return };
        let text = match command {
            Expr::List(list) => list.elts.iter().filter_map(|element| site.text(element)).collect::<Vec<_>>().join(" "),
            other => match site.text(other) {
                Some(text) => text.into_owned(),
                None => built(other).map(|built| built.text).unwrap_or_default(),
            },
        };
        let risky =
            ["chown", "chmod", "tar", "rsync"].iter().any(|program| text.contains(program)) && text.contains('*');
        if risky {
            let range = shell.map_or(site.range(), Ranged::range);
            sink.report(
                range,
                Severity::Medium,
                Confidence::Medium,
                "a file whose name begins with `-` becomes an option of the command",
            );
        }
    },
};

pub(super) const PARAMIKO: Rule = Rule {
    id: "ssh-command",
    title: "a command for another machine is put together",
    aliases: &["B601", "S601"],
    category: Category::ExternalCommand,
    cwe: 78,
    severity: Severity::Medium,
    help: "quote every part with `shlex.quote`",
    triggers: &[Trigger::Method(&["exec_command", "invoke_shell"])],
    check: |site, sink| {
        if !site.imports("paramiko") {
            return;
        }
        let Some(command) = site.first() else { return };
        if super::called_name_is(site, "invoke_shell") {
            return;
        }
        match judge_command(site, command) {
            Command::Constant | Command::Quoted => {
                sink.unjudged(site.range(), Severity::Low, "a constant command runs on another machine")
            }
            Command::Built => sink.report(
                site.range(),
                Severity::Medium,
                Confidence::Medium,
                "a command for another machine is put together from parts",
            ),
            Command::Unknown => sink.report(
                site.range(),
                Severity::Low,
                Confidence::Low,
                "a command for another machine is not constant",
            ),
        }
    },
};

/// What is known of a command line.
enum Command {
    Constant,
    /// Every part that is not constant goes through `shlex.quote`.
    Quoted,
    Built,
    Unknown,
}

fn judge_command(site: &Site<'_, '_>, command: &Expr) -> Command {
    if site.is_constant(command) {
        return Command::Constant;
    }
    let direct = built(command);
    let through_name = match command {
        Expr::Name(name) => site.file.model.single_value(name, site.scope).and_then(|(value, _)| built(value)),
        _ => None,
    };
    match direct.or(through_name) {
        Some(parts) => {
            // Between other quotes those of `shlex.quote` end them.
            let inside = ["'\0", "\"\0", "'%s", "\"%s"].iter().any(|quoted| parts.text.contains(quoted));
            let harmless =
                |gap: &Expr| site.is_constant(gap) || if inside { is_number(site, gap) } else { is_quoted(site, gap) };
            if parts.gaps.iter().all(|gap| harmless(gap)) { Command::Quoted } else { Command::Built }
        }
        None if is_quoted(site, command) => Command::Quoted,
        None => Command::Unknown,
    }
}

/// Whether every part of a command line that is not constant is quoted.
pub(super) fn is_quoted_line(site: &Site<'_, '_>, command: &Expr) -> bool {
    matches!(judge_command(site, command), Command::Constant | Command::Quoted)
}

/// Whether a value is a number by the call that makes it.
fn is_number(site: &Site<'_, '_>, expr: &Expr) -> bool {
    let Expr::Call(call) = expr else { return false };
    let name = site.resolve(&call.func);
    name.as_deref().is_some_and(|name| matches!(name, "builtins.int" | "builtins.float" | "builtins.len" | "os.getpid"))
}

/// Whether a value cannot break out of its place in a command line.
pub(super) fn is_quoted(site: &Site<'_, '_>, expr: &Expr) -> bool {
    is_quoted_within(site, expr, 4)
}

fn is_quoted_within(site: &Site<'_, '_>, expr: &Expr, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    // A name that is assigned once, to something quoted or to a number.
    if let Expr::Name(name) = expr
        && let Some((value @ Expr::Call(_), _)) = site.file.model.single_value(name, site.scope)
    {
        return is_quoted_within(site, value, depth);
    }
    let Expr::Call(call) = expr else {
        return matches!(site.resolve(expr).as_deref(), Some("sys.executable" | "os.getcwd" | "os.sep" | "os.curdir"));
    };
    let harmless = [
        "shlex.quote",
        "pipes.quote",
        "shlex.join",
        "subprocess.list2cmdline",
        "builtins.int",
        "builtins.float",
        "builtins.len",
        "os.getpid",
    ];
    let name = site.resolve(&call.func);
    if name.as_deref().is_some_and(|name| harmless.contains(&name)) {
        return true;
    }
    if name.as_deref() == Some("builtins.str") {
        return call.arguments.args.first().is_some_and(|value| is_number(site, value));
    }
    // `" ".join(shlex.quote(x) for x in …)` and `" ".join(map(shlex.quote, …))`.
    if super::called_name(call) == Some("join") {
        return match call.arguments.args.first() {
            Some(Expr::Generator(inner)) => is_quoted_within(site, &inner.elt, depth),
            Some(Expr::ListComp(inner)) => is_quoted_within(site, &inner.elt, depth),
            Some(Expr::Call(map)) => {
                site.resolve(&map.func).as_deref() == Some("builtins.map")
                    && map
                        .arguments
                        .args
                        .first()
                        .and_then(|function| site.resolve(function))
                        .is_some_and(|name| harmless.contains(&name.as_str()))
            }
            _ => false,
        };
    }
    false
}

fn command_line(
    site: &Site<'_, '_>,
    sink: &mut Sink<'_>,
    range: ruff_text_size::TextRange,
    command: &Expr,
    shell: bool,
) {
    match judge_command(site, command) {
        Command::Constant => sink.unjudged(range, Severity::Low, "a constant command is run by a shell"),
        Command::Quoted => sink.unjudged(range, Severity::Low, "a command whose parts are quoted is run by a shell"),
        _ if site.file.test_code => {
            sink.report(range, Severity::Note, Confidence::Medium, "a test runs a command by a shell")
        }
        Command::Built if shell => {
            sink.report(
                range,
                Severity::High,
                Confidence::Medium,
                "a command line is put together from parts and run by a shell",
            );
        }
        Command::Built => {
            sink.report(range, Severity::Medium, Confidence::Low, "a command line is put together from parts")
        }
        Command::Unknown if shell => {
            sink.report(
                range,
                Severity::Medium,
                Confidence::Low,
                "a command line that is not constant is run by a shell",
            );
        }
        Command::Unknown => sink.report(range, Severity::Low, Confidence::Low, "a command line is not constant"),
    }
}

/// Whether `shell=` may count as true.
fn may_be_true(site: &Site<'_, '_>, shell: &Expr) -> bool {
    match shell {
        Expr::List(list) => !list.elts.is_empty(),
        Expr::Dict(dict) => !dict.items.is_empty(),
        _ => match site.constant(shell) {
            Some(Constant::Bytes(_)) => true,
            Some(value) => value.is_true(),
            None => true,
        },
    }
}
