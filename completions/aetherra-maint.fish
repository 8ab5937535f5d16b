# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_aetherra_maint_global_optspecs
    string join \n C/directory= c/config= isolated set= state= profile= f/format= o/output= q/quiet v/verbose color= progress= log-level= log-format= n/dry-run y/yes no-input on-lock= lock-timeout= max-runtime= fail-on= report-from= exit-zero fail-on-empty allow-incomplete j/jobs= h/help V/version
end

function __fish_aetherra_maint_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_aetherra_maint_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_aetherra_maint_using_subcommand
    set -l cmd (__fish_aetherra_maint_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -s V -l version -d 'Print version'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "classify" -d 'Gives each indexed file a class and a confidence'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "audit" -d 'The ledger: check it, list it, take over a host\'s'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "canary" -d 'What is on trial, and what the settings of a trial do'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "completions" -d 'A script that teaches a shell the subcommands and flags'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "config" -d 'What is configured, where it came from, whether it is valid'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "demo" -d 'A small sample system, and the whole loop over it'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "doctor" -d 'Whether the tool itself is well: state, permissions, configuration, clock'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "explain" -d 'What a code, a rule or an exit code means, or why a file is let in or not'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "generations" -d 'What is deployed, what was, and who gets what'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "health" -d 'Measures once, and judges against what was promised'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "init" -d 'Write a commented configuration to start from'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "integrate" -d 'Executes a plan, and gives a token that undoes it'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "man" -d 'Manual pages'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "scan" -d 'Discovers code and data, and brings the index up to date'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "plan" -d 'What would be let in, in which order, and why the rest is not'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "policy" -d 'What the policy of the gate says'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "quarantine" -d 'What is isolated'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "rollback" -d 'Goes back, by a token, by one step or to a generation'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "schema" -d 'The published JSON Schemas and exit codes'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "security-eval" -d 'Findings, risk, trust tier and decision of code'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "state" -d 'The state: what is in it, its version, a copy of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "status" -d 'Everything at a glance'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "trust" -d 'Signatures and approvals: who vouched for what'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "watch" -d 'The loop: every stage at its cadence'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l type -d 'Show this class only: plugin, agent, aether, workflow, utility, dataset, docs or unknown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l explain -d 'Say what decided the class of one file' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -f -a "verify" -d 'Check every entry, every signature, and what was kept elsewhere; or one proof'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -f -a "log" -d 'List entries, the newest last'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -f -a "show" -d 'Everything about one entry'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -f -a "import" -d 'Take over the `audit_records` of a host, marked with what they could prove'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -f -a "checkpoint" -d 'Print the newest signed checkpoint, to be kept elsewhere'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -f -a "prove" -d 'Print the proof that an entry is in the ledger, to be checked by others'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -f -a "redact" -d 'Erase details of entries, on request or by policy; the chain still verifies'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -f -a "rotate" -d 'Move older entries to a sealed, compressed file that verifies on its own'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -f -a "export" -d 'Write entries to a file, each with its proof, or as CloudEvents'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -f -a "anchor" -d 'Keep the newest checkpoint where it cannot be changed from here'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -f -a "witness" -d 'Sign checkpoints of another log, when it has only grown'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and not __fish_seen_subcommand_from verify log show import checkpoint prove redact rotate export anchor witness help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l checkpoint -d 'A checkpoint that was kept elsewhere; may be given several times' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l key -d 'A public key of the log or of a witness, as `name+id+base64`; may be given several times' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l segment -d 'Check this segment instead, without any state' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l proof -d 'Check this proof of one entry instead, without any state; needs a checkpoint or a key' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l new -d 'Read only what came after the last check, and say so'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-anchors -d 'Leave out the places of `audit.anchors`'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l segments -d 'Read the segments as well that older entries were moved to'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l limit -d 'At most so many entries, the newest' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l after -d 'Only after this position' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l actor -d 'Only by this actor' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l action -d 'Only this action, or those that start with it and a full stop' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l subject -d 'Only subjects that contain this' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l run -d 'Only of this run' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l result -d 'Only with this result' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l since -d 'Only from this time on, RFC 3339' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l until -d 'Only before this time, RFC 3339' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l follow -d 'Go on with what is recorded from now on, until interrupted'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from log" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l checkpoint -d 'A checkpoint that was kept elsewhere and shall be enough to check the proof, instead of the newest' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from prove" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l subject -d 'Only entries with exactly this subject' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l action -d 'Only this action, or those that start with it and a full stop; may be given several times' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l before -d 'Only entries from before this time, RFC 3339' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l reason -d 'Why, for good in the ledger' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l due -d 'What `audit.redact_after_days` says is due'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from redact" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l keep -d 'How many of the newest entries stay at least' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l before -d 'Only entries from before this time, RFC 3339' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l as -d 'In which form' -r -f -a "jsonl\t'Lines of JSON, each entry with its proof'
cloudevents\t'Lines of JSON, each an event of CloudEvents 1.0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l checkpoint -d 'The checkpoint that the proofs lead to, instead of the newest; entries after it are left out' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l after -d 'Only after this position' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l actor -d 'Only by this actor' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l action -d 'Only this action, or those that start with it and a full stop' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l subject -d 'Only subjects that contain this' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l run -d 'Only of this run' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l result -d 'Only with this result' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l since -d 'Only from this time on, RFC 3339' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l until -d 'Only before this time, RFC 3339' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l to -d '`file:PATH`, `git:FOLDER`, `command:PROGRAM …` or `witness:PROGRAM …`, instead of `audit.anchors`; may be given several times' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l key -d 'The public key of a witness, beside `audit.witness_keys`; may be given several times' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from anchor" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l log -d 'The public key of a log that is known, as `name+id+base64`; may be given several times' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l name -d 'Make this installation a witness by this name' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from witness" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check every entry, every signature, and what was kept elsewhere; or one proof'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "log" -d 'List entries, the newest last'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "show" -d 'Everything about one entry'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take over the `audit_records` of a host, marked with what they could prove'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "checkpoint" -d 'Print the newest signed checkpoint, to be kept elsewhere'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "prove" -d 'Print the proof that an entry is in the ledger, to be checked by others'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "redact" -d 'Erase details of entries, on request or by policy; the chain still verifies'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "rotate" -d 'Move older entries to a sealed, compressed file that verifies on its own'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write entries to a file, each with its proof, or as CloudEvents'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "anchor" -d 'Keep the newest checkpoint where it cannot be changed from here'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "witness" -d 'Sign checkpoints of another log, when it has only grown'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -f -a "show" -d 'The newest trial: what was observed, and what became of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -f -a "wait" -d 'Follow the trial to its end, as `integrate --canary` does'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -f -a "stop" -d 'Take the canary back'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -f -a "promote" -d 'Make the canary stable before its trial has ended'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -f -a "simulate" -d 'Try the settings on canaries that never were, and show how often they are stopped'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and not __fish_seen_subcommand_from show wait stop promote simulate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l piped -d 'Read observations from standard input, when the trial was opened with `--observations -`'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from wait" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l reason -d 'Why, for the ledger' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from stop" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l by -d 'Who approves, for the ledger [default: operator]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l approve -d 'Approve it as a person: what has to be reviewed, and what is beyond the limits of an hour'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from promote" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l runs -d 'How many trials' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l percent -d 'Share of the requests that go to the canary, in percent' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l requests -d 'Canary requests in a trial' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l stable-failures -d 'Failures of what is stable, in percent of its requests' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l canary-failures -d 'Failures of the canary, in percent of its requests' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l slowdown -d 'How many times as long the canary takes' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l spread -d 'Spread of latencies: standard deviation of their logarithm' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l alpha -d 'Probability of stopping a healthy canary, in percent' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l seed -d 'Where the random numbers start' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from simulate" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from help" -f -a "show" -d 'The newest trial: what was observed, and what became of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from help" -f -a "wait" -d 'Follow the trial to its end, as `integrate --canary` does'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from help" -f -a "stop" -d 'Take the canary back'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from help" -f -a "promote" -d 'Make the canary stable before its trial has ended'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from help" -f -a "simulate" -d 'Try the settings on canaries that never were, and show how often they are stopped'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand canary; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -f -a "show" -d 'Every key with its value'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -f -a "check" -d 'Every mistake in every layer'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -f -a "schema" -d 'The JSON Schema of a configuration file'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l origin -d 'Where each value came from'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Every key with its value'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "check" -d 'Every mistake in every layer'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "schema" -d 'The JSON Schema of a configuration file'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand demo" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l recorded -d 'Explain a file as it was judged last, even if it changed since'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -f -a "list" -d 'All of them, and the tokens that are good (the default)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -f -a "show" -d 'What is in one [default: the deployed one]'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -f -a "verify" -d 'Read every file of one, and say which are not what was approved'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -f -a "route" -d 'Which generation a key gets, as a host decides it from registry.json'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -f -a "gc" -d 'Clear away what nothing leads to any more'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and not __fish_seen_subcommand_from list show verify route gc help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from route" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l keep -d 'Keep this many that nothing leads to [default: incorporation.keep_generations]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from gc" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from help" -f -a "list" -d 'All of them, and the tokens that are good (the default)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from help" -f -a "show" -d 'What is in one [default: the deployed one]'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Read every file of one, and say which are not what was approved'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from help" -f -a "route" -d 'Which generation a key gets, as a host decides it from registry.json'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from help" -f -a "gc" -d 'Clear away what nothing leads to any more'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand generations; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l observations -d 'Read observations of the trial, JSON lines, from this file as it grows; `-` for standard input' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l by -d 'Who approves, for the ledger [default: operator]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l canary -d 'Give it to a part of the traffic first, and to all only when it is no worse'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l detach -d 'Do not wait for the end of the trial: the loop continues it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l approve -d 'Approve it as a person: what has to be reviewed, and what is beyond the limits of an hour'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand integrate" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l list -d 'The names of all pages'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l restore -d 'Rebuild the index from its backup, such as .aetherra/index.jsonl' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -s 0 -l null -d 'The list on standard input is ended by NUL instead of line ends'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l full -d 'Read every file, also those that seem unchanged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l accept-empty -d 'Forget the files of a root that is an empty folder now'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l list-skipped -d 'Name everything that was left out, and why'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l only -d 'Only these components, by id or name' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l exclude -d 'All but these components, by id or name' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l explain -d 'Say all about one component, by id or name' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l graph -d 'Draw components and what they need' -r -f -a "mermaid\t'For pages'
dot\t'For Graphviz'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l with-review -d 'Take what has to be reviewed as well; `integrate --approve` lets it in'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l with-experimental -d 'Take what is unproven as well; `integrate --approve` lets it in'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l diff -d 'Show what would change in what is deployed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -f -a "check" -d 'Whether a policy is valid, and what in it is probably not what was meant'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -f -a "test" -d 'What another policy would make of everything that was judged; the answer is no when a decision changes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and not __fish_seen_subcommand_from check test help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "check" -d 'Whether a policy is valid, and what in it is probably not what was meant'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "test" -d 'What another policy would make of everything that was judged; the answer is no when a decision changes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -f -a "list" -d 'What is isolated, with statistics'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -f -a "show" -d 'All about one'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -f -a "add" -d 'Isolate files: out of the deployed tree, into a form that nothing can load'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -f -a "release" -d 'Let one go: it may be planned again, if its evaluation lets it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -f -a "restore" -d 'Put one back where it came from, and let it go'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and not __fish_seen_subcommand_from list show add release restore help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l reason -d 'Why' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l move -d 'Take the original away as well'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l reason -d 'Why, for the ledger' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l reason -d 'Why, for the ledger' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l approved -d 'Put back the last version that was deployed instead of what is held'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "list" -d 'What is isolated, with statistics'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "show" -d 'All about one'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "add" -d 'Isolate files: out of the deployed tree, into a form that nothing can load'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "release" -d 'Let one go: it may be planned again, if its evaluation lets it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Put one back where it came from, and let it go'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l to -d 'Go to this generation; 0 deploys nothing' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l reason -d 'Why, for the ledger' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l by -d 'Who approves, for the ledger [default: operator]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l last -d 'Undo the last change'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l cascade -d 'Take out as well what needs what is taken out'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l verify -d 'Read every file of the generation to go back to first, and refuse it when one is not what was approved'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l approve -d 'Approve it as a person: what has to be reviewed, and what is beyond the limits of an hour'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand rollback" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l from-ref -d 'Judge what changed since this commit' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l to-ref -d 'As it is in this commit' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l select -d 'Only these rules: ids, ids of bandit or ruff, categories, `bandit`, `ruff`' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l ignore -d 'All but these rules' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l baseline -d 'Findings in this file do not count' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l write-baseline -d 'Write what counts now to this file, and answer yes' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l output-style -d 'The human form: full, concise' -r -f -a "full\t'The code with a mark below it'
concise\t'One line a finding'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -s 0 -l null -d 'The list on standard input is ended by NUL instead of line ends'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l staged -d 'Judge what is staged for the next commit, as it is staged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l fix -d 'Make the changes that are safe, and judge what is left'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l diff -d 'Show the changes that are safe, and make none'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l watch -d 'Judge again whenever a file changes, until a signal ends it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l no-cache -d 'Neither use nor fill the cache in the state'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -f -a "info" -d 'Where it is, its version and what is in it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -f -a "migrate" -d 'Make it, or bring it to the newest version after a backup'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -f -a "backup" -d 'Copy the database, without the key of the ledger and the deployed files, which lie beside it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from help" -f -a "info" -d 'Where it is, its version and what is in it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from help" -f -a "migrate" -d 'Make it, or bring it to the newest version after a backup'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from help" -f -a "backup" -d 'Copy the database, without the key of the ledger and the deployed files, which lie beside it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -f -a "list" -d 'Whose word counts, and what was vouched for'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -f -a "keygen" -d 'Make a key of the kind that `ssh-keygen -t ed25519` makes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -f -a "sign" -d 'Sign the files of a component as its publisher'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -f -a "verify" -d 'What holds for the files of a component'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -f -a "approve" -d 'Approve exactly the present content as a reviewer'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -f -a "revoke" -d 'Take a signature or an approval back, or all that a key ever signed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and not __fish_seen_subcommand_from list keygen sign verify approve revoke help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l as -d 'Whose key it is' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l passphrase-file -d 'A file with the passphrase that the key is locked with' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from keygen" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l key -d 'A private key, as `ssh-keygen` or `trust keygen` makes it' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l passphrase-file -d 'A file with the passphrase of the key' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l prepare -d 'Write the manifest alone, to be signed elsewhere: `ssh-keygen -Y sign -n aetherra-manifest@v1`, or minisign'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from sign" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l key -d 'A private key, as `ssh-keygen` or `trust keygen` makes it' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l passphrase-file -d 'A file with the passphrase of the key' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l as -d 'The reviewer, where the key alone does not tell' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l prepare -d 'Write what is to be signed to this file, for `ssh-keygen -Y sign -n aetherra-approve@v1`' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l signature -d 'A signature that was made elsewhere' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from approve" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l key -d 'A key whose word counts no more: a file with its public half, or as `trust list` names it' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l reason -d 'Why, for the ledger' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from help" -f -a "list" -d 'Whose word counts, and what was vouched for'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from help" -f -a "keygen" -d 'Make a key of the kind that `ssh-keygen -t ed25519` makes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from help" -f -a "sign" -d 'Sign the files of a component as its publisher'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from help" -f -a "verify" -d 'What holds for the files of a component'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from help" -f -a "approve" -d 'Approve exactly the present content as a reviewer'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Take a signature or an approval back, or all that a key ever signed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand trust; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -s C -l directory -d 'Folder that relative paths start from' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -s c -l config -d 'Read this configuration file instead of the ones that would be found' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l set -d 'Set one key of the configuration' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l state -d 'State directory [default: the nearest .aetherra above, else ./.aetherra]' -r -F
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l profile -d 'Defaults of a profile' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -s f -l format -d 'Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html' -r -f -a "human\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line, the last of type summary'
sarif\t'SARIF 2.1.0'
github\t'GitHub workflow commands'
gitlab\t'GitLab code quality'
junit\t'JUnit XML'
markdown\t'Markdown'
prometheus\t'Prometheus text'
html\t'One self-contained page'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -s o -l output -d 'Write the report to a file as well, replacing it in one step' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l color -d 'Colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l progress -d 'Progress on stderr: bars on a terminal, with `always` lines elsewhere' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l log-level -d 'How much is told on stderr: off, error, warn, info, debug, trace' -r -f -a "off\t'Nothing but a failure of the run'
error\t'Errors'
warn\t'Warnings too'
info\t'The summary too'
debug\t'Notes too'
trace\t'Everything'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l log-format -d 'How it is told on stderr: text, json' -r -f -a "text\t'For people'
json\t'One JSON object a line'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l on-lock -d 'When another run holds the state: fail, wait, or skip this run' -r -f -a "fail\t'Exit with 11'
wait\t'Wait for it'
skip\t'Do nothing and exit with 0'"
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l lock-timeout -d 'How long `--on-lock wait` waits, such as 30s or 5m' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l max-runtime -d 'End the run after this time, such as 90s or 10m, with exit code 124' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l fail-on -d 'The mildest severity that makes the answer no: note, low, medium, high, critical' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l report-from -d 'The mildest severity that is shown' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -s j -l jobs -d 'Threads [default: one a core]' -r
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l once -d 'Do what is due now, and end'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l isolated -d 'Read no configuration files'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -s q -l quiet -d 'Less talk; twice: no warnings either'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -s v -l verbose -d 'More talk, with times; twice: all of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -s n -l dry-run -d 'Say what would be done, and do nothing'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -s y -l yes -d 'Answer every question with yes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l no-input -d 'Never ask; fail where an answer is needed'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l exit-zero -d 'Exit with 0 when the answer is no; masks no other code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l fail-on-empty -d 'Exit with 4 when there are no inputs'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l allow-incomplete -d 'Exit with 0 when some inputs could not be judged'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -s h -l help -d 'Print help'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "classify" -d 'Gives each indexed file a class and a confidence'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "audit" -d 'The ledger: check it, list it, take over a host\'s'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "canary" -d 'What is on trial, and what the settings of a trial do'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "completions" -d 'A script that teaches a shell the subcommands and flags'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "config" -d 'What is configured, where it came from, whether it is valid'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "demo" -d 'A small sample system, and the whole loop over it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "doctor" -d 'Whether the tool itself is well: state, permissions, configuration, clock'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "explain" -d 'What a code, a rule or an exit code means, or why a file is let in or not'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "generations" -d 'What is deployed, what was, and who gets what'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "health" -d 'Measures once, and judges against what was promised'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "init" -d 'Write a commented configuration to start from'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "integrate" -d 'Executes a plan, and gives a token that undoes it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "man" -d 'Manual pages'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "scan" -d 'Discovers code and data, and brings the index up to date'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "plan" -d 'What would be let in, in which order, and why the rest is not'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "policy" -d 'What the policy of the gate says'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "quarantine" -d 'What is isolated'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "rollback" -d 'Goes back, by a token, by one step or to a generation'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "schema" -d 'The published JSON Schemas and exit codes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "security-eval" -d 'Findings, risk, trust tier and decision of code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "state" -d 'The state: what is in it, its version, a copy of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "status" -d 'Everything at a glance'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "trust" -d 'Signatures and approvals: who vouched for what'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "watch" -d 'The loop: every stage at its cadence'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify audit canary completions config demo doctor explain generations health init integrate man scan plan policy quarantine rollback schema security-eval state status trust watch help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Check every entry, every signature, and what was kept elsewhere; or one proof'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "log" -d 'List entries, the newest last'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "show" -d 'Everything about one entry'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "import" -d 'Take over the `audit_records` of a host, marked with what they could prove'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "checkpoint" -d 'Print the newest signed checkpoint, to be kept elsewhere'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "prove" -d 'Print the proof that an entry is in the ledger, to be checked by others'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "redact" -d 'Erase details of entries, on request or by policy; the chain still verifies'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "rotate" -d 'Move older entries to a sealed, compressed file that verifies on its own'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "export" -d 'Write entries to a file, each with its proof, or as CloudEvents'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "anchor" -d 'Keep the newest checkpoint where it cannot be changed from here'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "witness" -d 'Sign checkpoints of another log, when it has only grown'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from canary" -f -a "show" -d 'The newest trial: what was observed, and what became of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from canary" -f -a "wait" -d 'Follow the trial to its end, as `integrate --canary` does'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from canary" -f -a "stop" -d 'Take the canary back'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from canary" -f -a "promote" -d 'Make the canary stable before its trial has ended'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from canary" -f -a "simulate" -d 'Try the settings on canaries that never were, and show how often they are stopped'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Every key with its value'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Every mistake in every layer'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "schema" -d 'The JSON Schema of a configuration file'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from generations" -f -a "list" -d 'All of them, and the tokens that are good (the default)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from generations" -f -a "show" -d 'What is in one [default: the deployed one]'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from generations" -f -a "verify" -d 'Read every file of one, and say which are not what was approved'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from generations" -f -a "route" -d 'Which generation a key gets, as a host decides it from registry.json'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from generations" -f -a "gc" -d 'Clear away what nothing leads to any more'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "check" -d 'Whether a policy is valid, and what in it is probably not what was meant'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "test" -d 'What another policy would make of everything that was judged; the answer is no when a decision changes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "list" -d 'What is isolated, with statistics'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "show" -d 'All about one'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "add" -d 'Isolate files: out of the deployed tree, into a form that nothing can load'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "release" -d 'Let one go: it may be planned again, if its evaluation lets it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "restore" -d 'Put one back where it came from, and let it go'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from state" -f -a "info" -d 'Where it is, its version and what is in it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from state" -f -a "migrate" -d 'Make it, or bring it to the newest version after a backup'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from state" -f -a "backup" -d 'Copy the database, without the key of the ledger and the deployed files, which lie beside it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from trust" -f -a "list" -d 'Whose word counts, and what was vouched for'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from trust" -f -a "keygen" -d 'Make a key of the kind that `ssh-keygen -t ed25519` makes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from trust" -f -a "sign" -d 'Sign the files of a component as its publisher'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from trust" -f -a "verify" -d 'What holds for the files of a component'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from trust" -f -a "approve" -d 'Approve exactly the present content as a reviewer'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from trust" -f -a "revoke" -d 'Take a signature or an approval back, or all that a key ever signed'
