//! Locking a program in: no network, nothing written, no more memory and processes than allowed.
//!
//! # How
//!
//! Landlock and seccomp bind a thread and what it starts. So a thread of its own is bound and starts the program;
//! nothing of ours is bound with it. Landlock leaves reading and running of some folders and nothing else. Seccomp
//! takes away sockets, changes of metadata (which Landlock does not know), namespaces, tracing, and the ways out of
//! the process group. A process group cannot be left then, so the group is what is counted, measured and killed.
//!
//! Where Landlock is missing, bubblewrap gives the program a read-only root, no network and processes of its own.

use std::ffi::OsString;
use std::path::PathBuf;

use super::process::{Command, Exceeded};

/// Folders of the system that a locked-in program may read and run programs from.
const SYSTEM: &[&str] =
    &["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix/store", "/proc"];

/// What a program that is locked in may still do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confinement {
    /// How it is locked in.
    pub by: Isolation,
    /// Folders and files that it may read besides those of the system.
    pub readable: Vec<PathBuf>,
    /// Bytes of memory that it and what it starts may use together.
    pub memory: u64,
    /// Processes that may run at once.
    pub processes: u64,
}

/// What can lock a program in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isolation {
    /// Landlock and seccomp of the kernel.
    Landlock,
    /// The program `bwrap`.
    Bubblewrap,
    /// Nothing: only memory and processes are limited.
    Missing,
}

impl Isolation {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Landlock => "landlock",
            Self::Bubblewrap => "bubblewrap",
            Self::Missing => "missing",
        }
    }
}

/// What the machine has, the best first.
pub fn isolations() -> Vec<Isolation> {
    let mut found = Vec::new();
    if kernel::is_there() {
        found.push(Isolation::Landlock);
    }
    if bubblewrap().is_some() {
        found.push(Isolation::Bubblewrap);
    }
    found
}

fn bubblewrap() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join("bwrap")).find(|program| program.is_file())
}

/// The command that runs a command inside of bubblewrap.
pub(super) fn wrapped(command: &Command) -> Command {
    let Some(program) = bubblewrap() else { return command.clone() };
    let mut args: Vec<OsString> = ["--unshare-all", "--die-with-parent", "--cap-drop", "ALL", "--ro-bind", "/", "/"]
        .into_iter()
        .chain(["--dev", "/dev", "--proc", "/proc"])
        .map(OsString::from)
        .collect();
    if let Some(folder) = &command.cwd {
        args.extend([OsString::from("--chdir"), folder.clone().into_os_string()]);
    }
    args.push("--".into());
    args.push(command.program.clone());
    args.extend(command.args.iter().cloned());
    Command { program: program.into_os_string(), args, ..command.clone() }
}

/// Which limit a process group is over.
pub(super) fn over(group: i32, confinement: &Confinement) -> Option<Exceeded> {
    let (mut processes, mut pages) = (0_u64, 0_u64);
    for entry in std::fs::read_dir("/proc").ok()?.flatten() {
        if !entry.file_name().as_encoded_bytes().first().is_some_and(u8::is_ascii_digit) {
            continue;
        }
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
        // The name, in parentheses, may hold anything.
        let Some((_, rest)) = stat.rsplit_once(") ") else { continue };
        let fields: Vec<&str> = rest.split(' ').collect();
        if fields.get(2).and_then(|field| field.parse().ok()) != Some(group) {
            continue;
        }
        processes += 1;
        pages += fields.get(21).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    }
    if processes > confinement.processes {
        return Some(Exceeded::Processes);
    }
    let bytes = pages.saturating_mul(rustix::param::page_size() as u64);
    (bytes > confinement.memory).then_some(Exceeded::Memory)
}

/// Limits that every process of it inherits.
pub(super) fn limit(process: rustix::process::Pid, confinement: &Confinement) {
    use rustix::process::{Resource, Rlimit, prlimit};
    let at_most = |most| Rlimit { current: Some(most), maximum: Some(most) };
    // What cannot be set here is still measured.
    let _ = prlimit(Some(process), Resource::Data, at_most(confinement.memory));
    let _ = prlimit(Some(process), Resource::Core, at_most(0));
}

/// Binds the calling thread, and what it starts, to a confinement. It may start programs in this group only.
#[cfg(target_os = "linux")]
pub(super) use kernel::bind;

#[cfg(target_os = "linux")]
mod kernel {
    use std::collections::BTreeMap;

    use landlock::{
        ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreatedAttr, Scope,
        path_beneath_rules,
    };
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    };

    use super::{Confinement, SYSTEM};

    /// The oldest Landlock that keeps files from being cut off.
    const OLDEST: ABI = ABI::V3;
    /// The newest one whose restrictions are used where they are known.
    const NEWEST: ABI = ABI::V6;

    /// What may be opened for writing, because nothing comes of it.
    const SINKS: &[&str] = &["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"];

    /// Whether this kernel can lock programs in.
    pub fn is_there() -> bool {
        let rules = Ruleset::default()
            .set_compatibility(CompatLevel::HardRequirement)
            .handle_access(AccessFs::from_all(OLDEST))
            .and_then(Ruleset::create);
        // Asking for the mode of the thread fails where seccomp is not built in.
        rules.is_ok() && std::path::Path::new("/proc/sys/kernel/seccomp").exists() && filter(1).is_ok()
    }

    /// Binds the calling thread, and what it starts, to a confinement. It may start programs in this group only.
    pub fn bind(confinement: &Confinement, group: i32) -> Result<(), String> {
        let failed = |error: &dyn std::fmt::Display| error.to_string();
        let readable = SYSTEM.iter().map(std::path::PathBuf::from).chain(confinement.readable.iter().cloned());
        let sinks = AccessFs::ReadFile | AccessFs::WriteFile;
        let status = Ruleset::default()
            .set_compatibility(CompatLevel::HardRequirement)
            .handle_access(AccessFs::from_all(OLDEST))
            .map(|rules| rules.set_compatibility(CompatLevel::BestEffort))
            .and_then(|rules| rules.handle_access(AccessFs::from_all(NEWEST)))
            .and_then(|rules| rules.handle_access(AccessNet::from_all(NEWEST)))
            .and_then(|rules| rules.scope(Scope::from_all(NEWEST)))
            .and_then(Ruleset::create)
            .and_then(|rules| rules.add_rules(path_beneath_rules(readable, AccessFs::from_read(NEWEST))))
            .and_then(|rules| rules.add_rules(path_beneath_rules(SINKS, sinks)))
            .and_then(|rules| rules.restrict_self())
            .map_err(|error| failed(&error))?;
        if status.ruleset == landlock::RulesetStatus::NotEnforced {
            return Err("the kernel does not enforce Landlock".to_owned());
        }
        let filter = filter(group)?;
        seccompiler::apply_filter(&filter).map_err(|error| failed(&error))
    }

    /// The system calls that are refused.
    fn filter(group: i32) -> Result<BpfProgram, String> {
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> = REFUSED.iter().map(|&call| (call, Vec::new())).collect();
        // Starting a program puts it into our group; anything else would be a way out of it.
        let other =
            SeccompCondition::new(1, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, u64::from(group.unsigned_abs()))
                .and_then(|condition| SeccompRule::new(vec![condition]))
                .map_err(|error| error.to_string())?;
        rules.insert(libc::SYS_setpgid, vec![other]);
        #[cfg(target_arch = "x86_64")]
        {
            // The same calls by the numbers of the other table that this architecture has.
            let again: Vec<_> = rules.iter().map(|(call, rules)| (call | 0x4000_0000, rules.clone())).collect();
            rules.extend(again);
        }
        let arch = std::env::consts::ARCH.try_into().map_err(|_| "seccomp does not know this processor".to_owned())?;
        let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        let filter =
            SeccompFilter::new(rules, SeccompAction::Allow, refused, arch).map_err(|error| error.to_string())?;
        filter.try_into().map_err(|error: seccompiler::BackendError| error.to_string())
    }

    const REFUSED: &[i64] = &[
        // Other machines and other programs.
        libc::SYS_socket,
        libc::SYS_io_uring_setup,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_pidfd_getfd,
        libc::SYS_shmget,
        libc::SYS_msgget,
        libc::SYS_semget,
        libc::SYS_mq_open,
        libc::SYS_keyctl,
        libc::SYS_add_key,
        libc::SYS_request_key,
        // Ways out of the process group.
        libc::SYS_setsid,
        // What Landlock does not know: owners, modes, times and attributes of files.
        libc::SYS_fchmod,
        libc::SYS_fchmodat,
        libc::SYS_fchmodat2,
        libc::SYS_fchown,
        libc::SYS_fchownat,
        libc::SYS_utimensat,
        libc::SYS_setxattr,
        libc::SYS_lsetxattr,
        libc::SYS_fsetxattr,
        libc::SYS_removexattr,
        libc::SYS_lremovexattr,
        libc::SYS_fremovexattr,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_chmod,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_chown,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_lchown,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_utime,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_utimes,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_futimesat,
        // The machine.
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_pivot_root,
        libc::SYS_chroot,
        libc::SYS_move_mount,
        libc::SYS_open_tree,
        libc::SYS_fsopen,
        libc::SYS_fsmount,
        libc::SYS_mount_setattr,
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_delete_module,
        libc::SYS_kexec_load,
        libc::SYS_reboot,
        libc::SYS_swapon,
        libc::SYS_swapoff,
        libc::SYS_sethostname,
        libc::SYS_settimeofday,
        libc::SYS_clock_settime,
        libc::SYS_clock_adjtime,
        libc::SYS_adjtimex,
        libc::SYS_quotactl,
        libc::SYS_acct,
        libc::SYS_open_by_handle_at,
        libc::SYS_prlimit64,
        libc::SYS_setpriority,
    ];
}

#[cfg(not(target_os = "linux"))]
mod kernel {
    /// Whether this kernel can lock programs in.
    pub fn is_there() -> bool {
        false
    }
}
