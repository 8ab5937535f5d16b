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
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "completions" -d 'A script that teaches a shell the subcommands and flags'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "config" -d 'What is configured, where it came from, whether it is valid'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "doctor" -d 'Whether the tool itself is well: state, permissions, configuration, clock'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "explain" -d 'What a code, a rule or an exit code means'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "health" -d 'Measures once, and judges against what was promised'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "init" -d 'Write a commented configuration to start from'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "man" -d 'Manual pages'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "scan" -d 'Discovers code and data, and brings the index up to date'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "schema" -d 'The published JSON Schemas and exit codes'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "security-eval" -d 'Findings, risk, trust tier and decision of code'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "state" -d 'The state: what is in it, its version, a copy of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_needs_command" -f -a "status" -d 'Everything at a glance'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand classify" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand completions" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and not __fish_seen_subcommand_from show check schema help" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from show" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from check" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand config; and __fish_seen_subcommand_from schema" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand doctor" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand explain" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand health" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand init" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand man" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand scan" -l full -d 'Read every file, also those that seem unchanged'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand schema" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand security-eval" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and not __fish_seen_subcommand_from info migrate backup help" -f -a "backup" -d 'Copy the database'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from info" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from migrate" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from backup" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand state; and __fish_seen_subcommand_from help" -f -a "backup" -d 'Copy the database'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand status" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand watch" -l progress -d 'Progress bars' -r -f -a "auto\t'On a terminal'
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
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "classify" -d 'Gives each indexed file a class and a confidence'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "completions" -d 'A script that teaches a shell the subcommands and flags'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "config" -d 'What is configured, where it came from, whether it is valid'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "doctor" -d 'Whether the tool itself is well: state, permissions, configuration, clock'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "explain" -d 'What a code, a rule or an exit code means'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "health" -d 'Measures once, and judges against what was promised'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "init" -d 'Write a commented configuration to start from'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "man" -d 'Manual pages'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "scan" -d 'Discovers code and data, and brings the index up to date'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "schema" -d 'The published JSON Schemas and exit codes'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "security-eval" -d 'Findings, risk, trust tier and decision of code'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "state" -d 'The state: what is in it, its version, a copy of it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "status" -d 'Everything at a glance'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "watch" -d 'The loop: every stage at its cadence'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and not __fish_seen_subcommand_from classify completions config doctor explain health init man scan schema security-eval state status watch help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Every key with its value'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Every mistake in every layer'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "schema" -d 'The JSON Schema of a configuration file'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from state" -f -a "info" -d 'Where it is, its version and what is in it'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from state" -f -a "migrate" -d 'Make it, or bring it to the newest version after a backup'
complete -c aetherra-maint -n "__fish_aetherra_maint_using_subcommand help; and __fish_seen_subcommand_from state" -f -a "backup" -d 'Copy the database'
