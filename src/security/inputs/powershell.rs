//! PowerShell and batch files: statement by statement, with escapes and joined strings undone first.

use super::shell::{is_drop_place, private_file};
use super::{Analyser, Input, Judged, Kind, Terms};
use crate::model::{Confidence, Severity};

pub(super) struct PowerShell;

impl Analyser for PowerShell {
    fn id(&self) -> &'static str {
        "powershell"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        input.kind == Kind::PowerShell && input.text.is_some()
    }

    fn analyse(&self, input: &Input<'_>, _: Terms<'_>) -> Judged {
        let mut judged = Judged::default();
        judge_script(input.text.unwrap_or_default(), &mut judged);
        judged
    }
}

/// Variables and what they hold, as far as it matters.
#[derive(Default)]
struct Seen {
    fetched: Vec<String>,
    decoded: Vec<String>,
    private: Vec<String>,
    saved: Vec<String>,
    /// Whether what was saved is held against a checksum.
    verified: bool,
    /// Whether a connection was opened, and what was said over it is run.
    connected: bool,
}

/// Judges a script.
pub(super) fn judge_script(text: &str, judged: &mut Judged) {
    let mut seen = Seen::default();
    let mut at = 0;
    let mut in_comment = false;
    let mut in_text = false;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim();
        if in_comment || trimmed.starts_with("<#") {
            in_comment = !trimmed.contains("#>");
            continue;
        }
        if in_text {
            in_text = !(trimmed.starts_with("'@") || trimmed.starts_with("\"@"));
            continue;
        }
        if trimmed.ends_with("@'") || trimmed.ends_with("@\"") {
            in_text = true;
            continue;
        }
        let plain = plain(trimmed);
        if plain.is_empty() || is_about_text(&plain) {
            continue;
        }
        statement(&plain, start..at, &mut seen, judged);
    }
}

/// Lower case, without escapes, comments and the seams of joined strings.
fn plain(line: &str) -> String {
    if line.starts_with('#') || line.starts_with("::") {
        return String::new();
    }
    let mut out = line.to_ascii_lowercase();
    out.retain(|c| !matches!(c, '`' | '^'));
    for seam in ["'+'", "' + '", "\"+\"", "\" + \""] {
        out = out.replace(seam, "");
    }
    out
}

/// Statements that only show, compare or look for text.
fn is_about_text(plain: &str) -> bool {
    [
        "rem ",
        "echo ",
        "@echo",
        "write-host",
        "write-output",
        "write-warning",
        "write-verbose",
        "select-string",
        "throw ",
    ]
    .iter()
    .any(|word| plain.starts_with(word) && !plain.contains('|'))
}

fn statement(plain: &str, range: std::ops::Range<usize>, seen: &mut Seen, judged: &mut Judged) {
    let any = |parts: &[&str]| parts.iter().any(|part| plain.contains(part));
    let holds = |names: &[String]| names.iter().any(|name| plain.contains(name.as_str()));
    let target = plain.split_once('=').map(|(name, _)| name.trim().to_owned()).filter(|name| name.starts_with('$'));
    let fetches =
        any(&["downloadstring", "downloaddata", "invoke-webrequest", "invoke-restmethod", "iwr ", "irm ", "openread("]);
    let decodes = any(&["frombase64string", "[char[]]", "-bxor", "-join", "gzipstream", "deflatestream"]);
    let word = |name: &str| plain.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(|part| part == name);
    let runs = word("iex")
        || word("invoke-expression")
        || any(&["[scriptblock]::create", ".invoke()", "&(", "& ("])
        || fetches && plain.contains("& $");
    if fetches {
        judged.able("network_access", range.start);
    }
    seen.verified |= any(&["get-filehash", "get-authenticodesignature"]);
    seen.connected |= any(&["net.sockets.tcpclient", "net.sockets.tcplistener"]);
    let verified = seen.verified;
    let mut see = |rule: &'static str, severity: Severity, message: &str| {
        judged.see(rule, range.clone(), severity, Confidence::High, message);
    };
    // A stream that is read, and what comes of it is run.
    let answers = seen.connected && runs && any(&["2>&1", "out-string", "getstring"]);
    if answers {
        see("reverse-shell", Severity::Critical, "what somebody on the network says is run");
    } else if runs && (fetches || holds(&seen.fetched)) {
        see("download-and-run", Severity::Critical, "what is fetched from the network is run unseen");
    } else if runs && (decodes || holds(&seen.decoded)) {
        see("obfuscated-execution", Severity::Critical, "decoded text is run as a script");
    }
    if any(&["powershell", "pwsh"]) && any(&["-enc ", "-encodedcommand", "-ec ", "-e jab", "-enco "]) {
        see("obfuscated-execution", Severity::High, "a script is started in encoded form");
    }
    let saves = any(&[
        "downloadfile(",
        "-outfile",
        "start-bitstransfer",
        "certutil -urlcache",
        "bitsadmin /transfer",
        "certutil.exe -urlcache",
    ]);
    if any(&["start-process", "start ", "& $", "invoke-item", "rundll32", "regsvr32"]) && (holds(&seen.saved) || saves)
    {
        let severity = if verified { Severity::Low } else { Severity::High };
        see("download-and-run", severity, "a file that was fetched before is run");
    }
    // `certutil … u.exe && u.exe`: the next command is what was fetched.
    let next = |line: &str| {
        line.split(['&', ';']).skip(1).any(|command| {
            let program = command.split_whitespace().next().unwrap_or_default().trim_matches('"');
            [".exe", ".bat", ".cmd", ".scr", ".vbs", ".ps1", ".dll"].iter().any(|end| program.ends_with(end))
        })
    };
    if saves && any(&["certutil", "bitsadmin"]) && next(plain) {
        see(
            "download-and-run",
            Severity::Critical,
            "a tool of the system fetches a file, and the next command runs it",
        );
    }
    let scripts = ["mshta vbscript:", "mshta javascript:", "rundll32 javascript:", "rundll32.exe javascript:"];
    if any(&scripts) {
        see(
            "download-and-run",
            Severity::High,
            "a tool of the system is used to run a script that stands in a command",
        );
    }
    if any(&["mshta http", "mshta.exe http", "regsvr32 /s /n /u /i:http", "/i:http", "certutil -decode"]) {
        see("download-and-run", Severity::High, "a tool of the system is used to run what is fetched or decoded");
    }
    if any(&["net.sockets.tcpclient"]) {
        seen.saved.push("getstream".to_owned());
        seen.fetched.push(".read($".to_owned());
        let shell = any(&["iex", "invoke-expression", "cmd.exe"]);
        see(
            "reverse-shell",
            if shell { Severity::Critical } else { Severity::Medium },
            "a connection is opened through which commands can come",
        );
    }
    persistence(plain, &mut see);
    covert(plain, &mut see);
    let reads = private_file(&plain.replace('\\', "/")).is_some()
        || any(&[
            "get-childitem env:",
            "gci env:",
            "dir env:",
            "vaultcli",
            "cmdkey /list",
            "convertfrom-securestring",
            "get-clipboard",
            "login data",
        ]);
    let sends =
        any(&["-method post", "-body", "uploadstring", "uploadfile", "uploaddata", "send-mailmessage", "-infile"]);
    if sends && (reads || holds(&seen.private)) {
        see("credential-theft", Severity::Critical, "what is private is sent to the network");
    } else if sends && is_drop_place(plain) && plain.contains('$') {
        see("credential-theft", Severity::High, "what the machine tells is sent to a drop");
    }
    if any(&["getasynckeystate", "setwindowshookex"]) {
        see("input-capture", Severity::High, "keys are recorded");
    }
    if any(&["xmrig", "stratum+tcp", "--donate-level"]) {
        see("coin-mining", Severity::High, "the machine is made to mine coins for somebody");
    }
    if let Some(name) = target {
        // What is made of a value is of its kind.
        let value = plain.split_once('=').map_or("", |(_, value)| value);
        let made_of =
            |names: &[String]| names.iter().any(|known| known.starts_with('$') && value.contains(known.as_str()));
        let (from_fetched, from_decoded) = (made_of(&seen.fetched), made_of(&seen.decoded));
        if fetches || from_fetched {
            seen.fetched.push(name.clone());
        }
        if decodes || from_decoded {
            seen.decoded.push(name.clone());
        }
        if reads {
            seen.private.push(name);
        }
    }
    if saves {
        let words = plain.split([' ', ',', '(', ')', '"', '\'']);
        seen.saved.extend(
            words
                .filter(|word| {
                    word.ends_with(".exe") || word.ends_with(".ps1") || word.starts_with('$') && word.len() > 2
                })
                .map(str::to_owned),
        );
    }
}

/// Programs that are started out of sight, and ways around the question of the system whether they may do more.
fn covert(plain: &str, see: &mut impl FnMut(&'static str, Severity, &str)) {
    let any = |parts: &[&str]| parts.iter().any(|part| plain.contains(part));
    let unseen = any(&["-w hidden", "-windowstyle hidden", "-w 1 ", "-windowstyle 1 "]);
    let unguarded = any(&["-ep bypass", "-executionpolicy bypass", "-exec bypass", "-ex bypass"]);
    if any(&["powershell", "pwsh"]) && unseen && unguarded {
        see(
            "covert-program",
            Severity::High,
            "a script is started without a window and without the policy for scripts",
        );
    }
    // Folders of all users: programs are installed elsewhere.
    let open_folder = ["c:\\users\\public\\", "%temp%\\", "%public%\\", "$env:temp\\", "$env:public\\"];
    let hosts = ["wscript", "cscript", "mshta", "rundll32", "pythonw", "cmd /c", "start /b", "start /min"];
    let program = [".vbs", ".js", ".bat", ".hta", ".scr", ".exe", ".ps1", ".pyw"];
    let itself = open_folder.iter().any(|folder| plain.trim_start_matches(['"', '\'']).starts_with(folder));
    if any(&open_folder) && (any(&hosts) || itself) && any(&program) {
        see("covert-program", Severity::High, "a program is started from a folder that anybody may write to");
    }
    let disguised = [".txt", ".png", ".jpg", ".dat", ".log", ".tmp"];
    if any(&["rundll32", "regsvr32"]) && any(&disguised) {
        see("covert-program", Severity::High, "a library is loaded that is called like something else");
    }
    if any(&["fodhelper", "computerdefaults.exe", "sdclt.exe", "eventvwr.exe /", "delegateexecute"]) {
        see("defence-off", Severity::High, "a way around the question whether a program may do more");
    }
    let address = plain.split([' ', '\'', '"']).any(|word| {
        word.strip_prefix("0x")
            .is_some_and(|rest| rest.len() == 40 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
            || word.starts_with("bc1") && word.len() > 25
    });
    if any(&["set-clipboard"]) && address {
        see("clipboard-swap", Severity::High, "an address to pay to is put into the clipboard");
    }
}

fn persistence(plain: &str, see: &mut impl FnMut(&'static str, Severity, &str)) {
    let any = |parts: &[&str]| parts.iter().any(|part| plain.contains(part));
    let run_key = any(&["currentversion\\run", "currentversion\\\\run"])
        && any(&["set-itemproperty", "new-itemproperty", "reg add", "add-itemproperty"]);
    if run_key
        || any(&[
            "schtasks /create",
            "schtasks.exe /create",
            "register-scheduledtask",
            "new-scheduledtaskaction",
            "start menu\\programs\\startup",
        ])
    {
        see("autostart", Severity::High, "the script arranges to be started again");
    }
    let off = any(&[
        "-disablerealtimemonitoring $true",
        "-disablerealtimemonitoring 1",
        "add-mppreference -exclusion",
        "amsiutils",
        "amsiinitfailed",
        "amsiscanbuffer",
        "firewall set allprofiles state off",
        "-enabled false",
        "vssadmin delete shadows",
        "wevtutil cl",
        "clear-eventlog",
        "stop-service windefend",
        "sc stop windefend",
        "net stop windefend",
        "bcdedit /set {default} recoveryenabled no",
        "clear-history",
        "disableantispyware",
    ]);
    if off {
        see("defence-off", Severity::Critical, "a defence or a record of what was done is removed");
    }
    if any(&["format c:", "del /f /s /q c:\\", "remove-item -recurse -force c:\\", "rd /s /q c:\\"]) {
        see("destructive-command", Severity::Critical, "everything that can be reached is destroyed");
    }
}
