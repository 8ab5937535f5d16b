//! What commands do, as far as it matters here.

use super::words::{Command, Word};

/// The name of a command without its folder, past `sudo`, `env`, `nohup` and the like, and its arguments.
pub fn split(command: &Command) -> Option<(&str, &[Word])> {
    let mut words = command.words.as_slice();
    loop {
        let (first, rest) = words.split_first()?;
        let name = base(&first.text);
        match name {
            "sudo" | "doas" | "nohup" | "exec" | "command" | "builtin" | "busybox" | "xargs" | "setsid" | "time"
            | "timeout" | "nice" | "env" | "eatmydata" | "stdbuf" => {
                let skipped = rest.iter().take_while(|word| {
                    word.text.starts_with('-')
                        || word.text.contains('=')
                        || word.text.starts_with(|c: char| c.is_ascii_digit())
                });
                let count = skipped.count();
                if count == rest.len() {
                    return Some((name, rest));
                }
                words = &rest[count..];
            }
            _ => return Some((name, rest)),
        }
    }
}

fn base(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}

/// Whether a command fetches from the network.
pub fn fetches(name: &str) -> bool {
    matches!(name, "curl" | "wget" | "fetch" | "aria2c" | "lwp-download" | "lynx" | "http" | "https")
}

/// Whether a command can send to the network.
pub fn sends(name: &str) -> bool {
    fetches(name) || matches!(name, "nc" | "ncat" | "netcat" | "socat" | "scp" | "sftp" | "ftp" | "rsync" | "telnet")
}

/// Whether a command is an interpreter that runs what it reads.
pub fn interprets(name: &str) -> bool {
    matches!(
        name,
        "sh" | "bash" | "zsh" | "dash" | "ksh" | "ash" | "fish" | "perl" | "ruby" | "node" | "php" | "osascript"
    ) || (name.starts_with("python") && name.len() <= 12)
}

/// Whether an interpreter with these arguments runs its standard input.
pub fn runs_input(arguments: &[Word]) -> bool {
    let mut arguments = arguments.iter().map(|word| word.text.as_str());
    match arguments.find(|text| !text.starts_with('-') || *text == "-" || is_inline(text) || text.starts_with("-s")) {
        None | Some("-" | "/dev/stdin") => true,
        Some(text) => text == "-s" || text == "--",
    }
}

fn is_inline(text: &str) -> bool {
    matches!(text, "-c" | "-e" | "-lc" | "-ic" | "-xc" | "-ec" | "-r") || is_filter(text)
}

/// The flags of Perl and Ruby with which a line of code looks at the input, and does not run it: `-ne`, `-pe`,
/// `-nle'…'`.
fn is_filter(text: &str) -> bool {
    let Some(flags) = text.strip_prefix('-') else { return false };
    let letters = flags.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let bundle = letters.split_once('e').map_or(letters, |(bundle, _)| bundle);
    letters.contains('e')
        && !bundle.is_empty()
        && bundle.chars().all(|c| matches!(c, 'n' | 'p' | 'l' | 'a' | 'w' | 'i' | '0'))
}

/// The code that an interpreter is given inline.
pub fn inline(arguments: &[Word]) -> Option<&Word> {
    let at = arguments.iter().position(|word| is_inline(&word.text))?;
    if is_filter(&arguments.get(at)?.text) && arguments.get(at)?.text.len() > 6 {
        return arguments.get(at);
    }
    arguments.get(at + 1)
}

/// Whether a command decodes what it reads.
pub fn decodes(name: &str, arguments: &[Word]) -> bool {
    let has = |flags: &[&str]| arguments.iter().any(|word| flags.contains(&word.text.as_str()));
    match name {
        "base64" | "base32" | "gbase64" => has(&["-d", "-D", "--decode", "-di"]),
        "xxd" => has(&["-r", "-rp"]) || (has(&["-p"]) && has(&["-r"])),
        "openssl" => has(&["-d"]),
        "uudecode" | "rev" | "gunzip" | "zcat" | "xzcat" => true,
        "gzip" => has(&["-d", "-dc"]),
        // A rotation of the alphabet.
        "tr" => arguments.iter().any(|word| word.text.contains("N-ZA-M") || word.text.contains("n-za-m")),
        // Letters by their numbers, one at a time.
        "printf" if arguments.iter().any(|word| word.text.starts_with("\\x$") || word.text.starts_with("\\$(")) => true,
        "printf" | "echo" => {
            arguments.iter().any(|word| word.text.matches("\\x").count() >= 6 || word.text.matches("\\0").count() >= 6)
        }
        _ => false,
    }
}

/// Whether a command only shows or searches text, so that its arguments are data.
pub fn is_about_text(name: &str) -> bool {
    matches!(
        name,
        "echo"
            | "printf"
            | "grep"
            | "egrep"
            | "fgrep"
            | "rg"
            | "sed"
            | "awk"
            | "pkill"
            | "killall"
            | "pgrep"
            | "read"
            | "test"
            | "["
            | "[["
            | "case"
            | "for"
            | "die"
            | "log"
            | "warn"
            | "error"
            | "info"
            | "cat"
            | "which"
            | "type"
            | "local"
            | "export"
            | "declare"
    )
}

/// Files that hold what only their owner may have.
const PRIVATE: &[&str] = &[
    ".ssh/id_",
    ".ssh/*",
    "/.ssh",
    ".aws/credentials",
    "/.aws",
    ".netrc",
    ".npmrc",
    ".pypirc",
    ".git-credentials",
    "/etc/shadow",
    ".kube/config",
    ".docker/config.json",
    "login data",
    "cookies.sqlite",
    "logins.json",
    "key4.db",
    ".gnupg",
    "wallet.dat",
    ".config/gcloud",
    "/etc/passwd",
    "keychain-db",
    ".bash_history",
    ".zsh_history",
    "/proc/self/environ",
    "google-chrome/default",
    ".electrum",
    ".mozilla/firefox",
    ".config/gh/hosts.yml",
    "/var/run/secrets/",
    "169.254.169.254",
    ".vault-token",
    "exodus.wallet",
    ".exodus",
    "id_rsa",
    "id_ed25519",
    "solana/id.json",
    ".ethereum/keystore",
    "local storage/leveldb",
    "local extension settings",
    ".config/op/",
    ".password-store",
    ".terraform.d/credentials",
    ".claude/.credentials.json",
    ".config/rclone/rclone.conf",
    ".pgpass",
    ".my.cnf",
];

/// What is private about a text.
pub fn private(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    // A public key may go anywhere.
    if lower.ends_with(".pub") {
        return None;
    }
    PRIVATE.iter().find(|part| lower.contains(**part)).copied()
}

/// Whether a text names a place to which nothing honest is sent.
pub fn is_drop(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [
        "webhook.site",
        "requestbin",
        "pipedream.net",
        "discord.com/api/webhooks",
        "discordapp.com/api/webhooks",
        "api.telegram.org/bot",
        "pastebin.com/api",
        "transfer.sh",
        "ngrok",
        "burpcollaborator",
        "oastify.com",
        "interact.sh",
        "hookbin",
        "beeceptor",
        "file.io",
        "0x0.st",
        "dnslog",
        "anonfiles",
        "termbin.com",
        ".onion",
    ]
    .iter()
    .any(|host| lower.contains(host))
        || is_bare_address(&lower)
}

/// Whether a URL has an address of the Internet in place of a name.
pub fn is_bare_address(text: &str) -> bool {
    let Some((_, rest)) = text.split_once("://") else { return false };
    let host = rest.split(['/', ':', '?', '"', '\'', ' ']).next().unwrap_or_default();
    host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| {
        !address.is_loopback() && !address.is_private() && !address.is_unspecified() && !address.is_link_local()
    })
}

/// Installers that most people know and run from their home pages.
pub fn is_known_installer(text: &str) -> bool {
    [
        "https://sh.rustup.rs",
        "https://get.docker.com",
        "https://install.python-poetry.org",
        "https://astral.sh/",
        "https://deb.nodesource.com/",
        "https://rpm.nodesource.com/",
        "https://raw.githubusercontent.com/nvm-sh/",
        "https://raw.githubusercontent.com/homebrew/",
        "https://get.helm.sh",
        "https://raw.githubusercontent.com/helm/",
        "https://get.k3s.io",
        "https://bun.sh/install",
        "https://deno.land/",
        "https://get.pnpm.io/",
        "https://bootstrap.pypa.io/",
        "https://pyenv.run",
        "https://ollama.com/install.sh",
        "https://starship.rs/install.sh",
        "https://raw.githubusercontent.com/pyenv/",
        "https://raw.githubusercontent.com/ohmyzsh/",
        "https://get.sdkman.io",
        "https://dl.google.com/",
        "https://packages.microsoft.com/",
        "https://download.docker.com/",
        "https://apt.",
        "https://cli.github.com/",
    ]
    .iter()
    .any(|known| text.to_ascii_lowercase().contains(known))
}
