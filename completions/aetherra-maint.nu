module completions {

  def "nu-complete aetherra-maint format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Keeps a system of plugins, agents, scripts and data healthy, and proves what it did
  export extern aetherra-maint [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint color" # Colours
    --progress: string@"nu-complete aetherra-maint progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    --version(-V)             # Print version
  ]

  def "nu-complete aetherra-maint classify format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint classify color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint classify progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint classify log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint classify log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint classify on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Gives each indexed file a class and a confidence
  export extern "aetherra-maint classify" [
    --type: string            # Show this class only: plugin, agent, aether, workflow, utility, dataset, docs or unknown
    --explain: path           # Say what decided the class of one file
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint classify format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint classify color" # Colours
    --progress: string@"nu-complete aetherra-maint classify progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint classify log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint classify log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint classify on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    ...paths: path            # Show these files and folders only [default: all]
  ]

  def "nu-complete aetherra-maint audit format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint audit color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint audit log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint audit on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # The ledger: check it, list it, take over a host's
  export extern "aetherra-maint audit" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint audit format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint audit color" # Colours
    --progress: string@"nu-complete aetherra-maint audit progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint audit log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint audit log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint audit on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint audit verify format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint audit verify color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit verify progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit verify log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint audit verify log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint audit verify on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Check every entry, every signature, and what was kept elsewhere; or one proof
  export extern "aetherra-maint audit verify" [
    --checkpoint: path        # A checkpoint that was kept elsewhere; may be given several times
    --key: string             # A public key of the log or of a witness, as `name+id+base64`; may be given several times
    --new                     # Read only what came after the last check, and say so
    --no-anchors              # Leave out the places of `audit.anchors`
    --segments                # Read the segments as well that older entries were moved to
    --segment: path           # Check this segment instead, without any state
    --proof: path             # Check this proof of one entry instead, without any state; needs a checkpoint or a key
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint audit verify format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint audit verify color" # Colours
    --progress: string@"nu-complete aetherra-maint audit verify progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint audit verify log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint audit verify log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint audit verify on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint audit log format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint audit log color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit log progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit log log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint audit log log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint audit log on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # List entries, the newest last
  export extern "aetherra-maint audit log" [
    --limit: string           # At most so many entries, the newest
    --follow                  # Go on with what is recorded from now on, until interrupted
    --after: string           # Only after this position
    --actor: string           # Only by this actor
    --action: string          # Only this action, or those that start with it and a full stop
    --subject: string         # Only subjects that contain this
    --run: string             # Only of this run
    --result: string          # Only with this result
    --since: string           # Only from this time on, RFC 3339
    --until: string           # Only before this time, RFC 3339
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint audit log format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint audit log color" # Colours
    --progress: string@"nu-complete aetherra-maint audit log progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint audit log log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint audit log log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint audit log on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint audit show format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint audit show color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit show progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit show log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint audit show log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint audit show on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Everything about one entry
  export extern "aetherra-maint audit show" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint audit show format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint audit show color" # Colours
    --progress: string@"nu-complete aetherra-maint audit show progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint audit show log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint audit show log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint audit show on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    seq: string               # Its position
  ]

  def "nu-complete aetherra-maint audit import format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint audit import color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit import progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit import log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint audit import log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint audit import on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Take over the `audit_records` of a host, marked with what they could prove
  export extern "aetherra-maint audit import" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint audit import format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint audit import color" # Colours
    --progress: string@"nu-complete aetherra-maint audit import progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint audit import log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint audit import log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint audit import on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    file: path                # The host's audit database
  ]

  def "nu-complete aetherra-maint audit checkpoint format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint audit checkpoint color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit checkpoint progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit checkpoint log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint audit checkpoint log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint audit checkpoint on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Print the newest signed checkpoint, to be kept elsewhere
  export extern "aetherra-maint audit checkpoint" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint audit checkpoint format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint audit checkpoint color" # Colours
    --progress: string@"nu-complete aetherra-maint audit checkpoint progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint audit checkpoint log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint audit checkpoint log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint audit checkpoint on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint audit prove format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint audit prove color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit prove progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit prove log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint audit prove log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint audit prove on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Print the proof that an entry is in the ledger, to be checked by others
  export extern "aetherra-maint audit prove" [
    --checkpoint: path        # A checkpoint that was kept elsewhere and shall be enough to check the proof, instead of the newest
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint audit prove format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint audit prove color" # Colours
    --progress: string@"nu-complete aetherra-maint audit prove progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint audit prove log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint audit prove log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint audit prove on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    seq: string               # Its position
  ]

  def "nu-complete aetherra-maint audit redact format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint audit redact color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit redact progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit redact log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint audit redact log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint audit redact on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Erase details of entries, on request or by policy; the chain still verifies
  export extern "aetherra-maint audit redact" [
    --subject: string         # Only entries with exactly this subject
    --action: string          # Only this action, or those that start with it and a full stop; may be given several times
    --before: string          # Only entries from before this time, RFC 3339
    --due                     # What `audit.redact_after_days` says is due
    --reason: string          # Why, for good in the ledger
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint audit redact format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint audit redact color" # Colours
    --progress: string@"nu-complete aetherra-maint audit redact progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint audit redact log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint audit redact log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint audit redact on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    ...ranges: string         # Positions, such as `17` or `20-25`
  ]

  def "nu-complete aetherra-maint audit rotate format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint audit rotate color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit rotate progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit rotate log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint audit rotate log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint audit rotate on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Move older entries to a sealed, compressed file that verifies on its own
  export extern "aetherra-maint audit rotate" [
    --keep: string            # How many of the newest entries stay at least
    --before: string          # Only entries from before this time, RFC 3339
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint audit rotate format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint audit rotate color" # Colours
    --progress: string@"nu-complete aetherra-maint audit rotate progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint audit rotate log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint audit rotate log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint audit rotate on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint audit export form" [] {
    [ "jsonl" "cloudevents" ]
  }

  def "nu-complete aetherra-maint audit export format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint audit export color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit export progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit export log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint audit export log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint audit export on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Write entries to a file, each with its proof, or as CloudEvents
  export extern "aetherra-maint audit export" [
    --as: string@"nu-complete aetherra-maint audit export form" # In which form
    --checkpoint: path        # The checkpoint that the proofs lead to, instead of the newest; entries after it are left out
    --after: string           # Only after this position
    --actor: string           # Only by this actor
    --action: string          # Only this action, or those that start with it and a full stop
    --subject: string         # Only subjects that contain this
    --run: string             # Only of this run
    --result: string          # Only with this result
    --since: string           # Only from this time on, RFC 3339
    --until: string           # Only before this time, RFC 3339
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint audit export format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint audit export color" # Colours
    --progress: string@"nu-complete aetherra-maint audit export progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint audit export log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint audit export log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint audit export on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help (see more with '--help')
    file: path                # The file to write
  ]

  def "nu-complete aetherra-maint audit anchor format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint audit anchor color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit anchor progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit anchor log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint audit anchor log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint audit anchor on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Keep the newest checkpoint where it cannot be changed from here
  export extern "aetherra-maint audit anchor" [
    --to: string              # `file:PATH`, `git:FOLDER`, `command:PROGRAM …` or `witness:PROGRAM …`, instead of `audit.anchors`; may be given several times
    --key: string             # The public key of a witness, beside `audit.witness_keys`; may be given several times
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint audit anchor format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint audit anchor color" # Colours
    --progress: string@"nu-complete aetherra-maint audit anchor progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint audit anchor log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint audit anchor log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint audit anchor on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint audit witness format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint audit witness color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit witness progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint audit witness log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint audit witness log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint audit witness on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Sign checkpoints of another log, when it has only grown
  export extern "aetherra-maint audit witness" [
    --log: string             # The public key of a log that is known, as `name+id+base64`; may be given several times
    --name: string            # Make this installation a witness by this name
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint audit witness format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint audit witness color" # Colours
    --progress: string@"nu-complete aetherra-maint audit witness progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint audit witness log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint audit witness log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint audit witness on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    request?: path            # The request, as C2SP `tlog-witness` has it, or `-` for standard input; without it, the key is printed
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint audit help" [
  ]

  # Check every entry, every signature, and what was kept elsewhere; or one proof
  export extern "aetherra-maint audit help verify" [
  ]

  # List entries, the newest last
  export extern "aetherra-maint audit help log" [
  ]

  # Everything about one entry
  export extern "aetherra-maint audit help show" [
  ]

  # Take over the `audit_records` of a host, marked with what they could prove
  export extern "aetherra-maint audit help import" [
  ]

  # Print the newest signed checkpoint, to be kept elsewhere
  export extern "aetherra-maint audit help checkpoint" [
  ]

  # Print the proof that an entry is in the ledger, to be checked by others
  export extern "aetherra-maint audit help prove" [
  ]

  # Erase details of entries, on request or by policy; the chain still verifies
  export extern "aetherra-maint audit help redact" [
  ]

  # Move older entries to a sealed, compressed file that verifies on its own
  export extern "aetherra-maint audit help rotate" [
  ]

  # Write entries to a file, each with its proof, or as CloudEvents
  export extern "aetherra-maint audit help export" [
  ]

  # Keep the newest checkpoint where it cannot be changed from here
  export extern "aetherra-maint audit help anchor" [
  ]

  # Sign checkpoints of another log, when it has only grown
  export extern "aetherra-maint audit help witness" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint audit help help" [
  ]

  def "nu-complete aetherra-maint canary format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint canary color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint canary progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint canary log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint canary log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint canary on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # What is on trial, and what the settings of a trial do
  export extern "aetherra-maint canary" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint canary format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint canary color" # Colours
    --progress: string@"nu-complete aetherra-maint canary progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint canary log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint canary log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint canary on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint canary show format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint canary show color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint canary show progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint canary show log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint canary show log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint canary show on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # The newest trial: what was observed, and what became of it
  export extern "aetherra-maint canary show" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint canary show format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint canary show color" # Colours
    --progress: string@"nu-complete aetherra-maint canary show progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint canary show log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint canary show log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint canary show on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint canary wait format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint canary wait color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint canary wait progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint canary wait log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint canary wait log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint canary wait on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Follow the trial to its end, as `integrate --canary` does
  export extern "aetherra-maint canary wait" [
    --piped                   # Read observations from standard input, when the trial was opened with `--observations -`
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint canary wait format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint canary wait color" # Colours
    --progress: string@"nu-complete aetherra-maint canary wait progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint canary wait log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint canary wait log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint canary wait on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint canary stop format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint canary stop color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint canary stop progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint canary stop log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint canary stop log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint canary stop on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Take the canary back
  export extern "aetherra-maint canary stop" [
    --reason: string          # Why, for the ledger
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint canary stop format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint canary stop color" # Colours
    --progress: string@"nu-complete aetherra-maint canary stop progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint canary stop log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint canary stop log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint canary stop on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint canary promote format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint canary promote color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint canary promote progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint canary promote log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint canary promote log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint canary promote on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Make the canary stable before its trial has ended
  export extern "aetherra-maint canary promote" [
    --approve                 # Approve it as a person: what has to be reviewed, and what is beyond the limits of an hour
    --by: string              # Who approves, for the ledger [default: operator]
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint canary promote format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint canary promote color" # Colours
    --progress: string@"nu-complete aetherra-maint canary promote progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint canary promote log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint canary promote log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint canary promote on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint canary simulate format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint canary simulate color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint canary simulate progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint canary simulate log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint canary simulate log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint canary simulate on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Try the settings on canaries that never were, and show how often they are stopped
  export extern "aetherra-maint canary simulate" [
    --runs: string            # How many trials
    --percent: string         # Share of the requests that go to the canary, in percent
    --requests: string        # Canary requests in a trial
    --stable-failures: string # Failures of what is stable, in percent of its requests
    --canary-failures: string # Failures of the canary, in percent of its requests
    --slowdown: string        # How many times as long the canary takes
    --spread: string          # Spread of latencies: standard deviation of their logarithm
    --alpha: string           # Probability of stopping a healthy canary, in percent
    --seed: string            # Where the random numbers start
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint canary simulate format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint canary simulate color" # Colours
    --progress: string@"nu-complete aetherra-maint canary simulate progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint canary simulate log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint canary simulate log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint canary simulate on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint canary help" [
  ]

  # The newest trial: what was observed, and what became of it
  export extern "aetherra-maint canary help show" [
  ]

  # Follow the trial to its end, as `integrate --canary` does
  export extern "aetherra-maint canary help wait" [
  ]

  # Take the canary back
  export extern "aetherra-maint canary help stop" [
  ]

  # Make the canary stable before its trial has ended
  export extern "aetherra-maint canary help promote" [
  ]

  # Try the settings on canaries that never were, and show how often they are stopped
  export extern "aetherra-maint canary help simulate" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint canary help help" [
  ]

  def "nu-complete aetherra-maint completions shell" [] {
    [ "bash" "zsh" "fish" "powershell" "elvish" "nushell" ]
  }

  def "nu-complete aetherra-maint completions format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint completions color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint completions progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint completions log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint completions log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint completions on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # A script that teaches a shell the subcommands and flags
  export extern "aetherra-maint completions" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint completions format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint completions color" # Colours
    --progress: string@"nu-complete aetherra-maint completions progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint completions log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint completions log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint completions on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    shell: string@"nu-complete aetherra-maint completions shell" # The shell
  ]

  def "nu-complete aetherra-maint config format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint config color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint config progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint config log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint config log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint config on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # What is configured, where it came from, whether it is valid
  export extern "aetherra-maint config" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint config format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint config color" # Colours
    --progress: string@"nu-complete aetherra-maint config progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint config log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint config log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint config on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint config show format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint config show color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint config show progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint config show log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint config show log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint config show on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Every key with its value
  export extern "aetherra-maint config show" [
    --origin                  # Where each value came from
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint config show format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint config show color" # Colours
    --progress: string@"nu-complete aetherra-maint config show progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint config show log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint config show log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint config show on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    key?: string              # One key or section
  ]

  def "nu-complete aetherra-maint config check format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint config check color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint config check progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint config check log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint config check log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint config check on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Every mistake in every layer
  export extern "aetherra-maint config check" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint config check format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint config check color" # Colours
    --progress: string@"nu-complete aetherra-maint config check progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint config check log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint config check log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint config check on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint config schema format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint config schema color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint config schema progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint config schema log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint config schema log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint config schema on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # The JSON Schema of a configuration file
  export extern "aetherra-maint config schema" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint config schema format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint config schema color" # Colours
    --progress: string@"nu-complete aetherra-maint config schema progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint config schema log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint config schema log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint config schema on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint config help" [
  ]

  # Every key with its value
  export extern "aetherra-maint config help show" [
  ]

  # Every mistake in every layer
  export extern "aetherra-maint config help check" [
  ]

  # The JSON Schema of a configuration file
  export extern "aetherra-maint config help schema" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint config help help" [
  ]

  def "nu-complete aetherra-maint demo format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint demo color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint demo progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint demo log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint demo log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint demo on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # A small sample system, and the whole loop over it
  export extern "aetherra-maint demo" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint demo format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint demo color" # Colours
    --progress: string@"nu-complete aetherra-maint demo progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint demo log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint demo log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint demo on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    folder?: path             # An empty or new folder for the sample [default: a temporary one, which is named]
  ]

  def "nu-complete aetherra-maint doctor format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint doctor color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint doctor progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint doctor log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint doctor log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint doctor on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Whether the tool itself is well: state, permissions, configuration, clock
  export extern "aetherra-maint doctor" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint doctor format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint doctor color" # Colours
    --progress: string@"nu-complete aetherra-maint doctor progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint doctor log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint doctor log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint doctor on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint explain format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint explain color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint explain progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint explain log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint explain log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint explain on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # What a code, a rule or an exit code means, or why a file is let in or not
  export extern "aetherra-maint explain" [
    --recorded                # Explain a file as it was judged last, even if it changed since
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint explain format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint explain color" # Colours
    --progress: string@"nu-complete aetherra-maint explain progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint explain log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint explain log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint explain on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    id?: string               # A code, a rule (also by its bandit or ruff id), an exit code, or a file or folder that was or can be judged; without it the list of all but files
  ]

  def "nu-complete aetherra-maint generations format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint generations color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint generations progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint generations log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint generations log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint generations on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # What is deployed, what was, and who gets what
  export extern "aetherra-maint generations" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint generations format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint generations color" # Colours
    --progress: string@"nu-complete aetherra-maint generations progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint generations log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint generations log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint generations on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint generations list format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint generations list color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint generations list progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint generations list log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint generations list log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint generations list on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # All of them, and the tokens that are good (the default)
  export extern "aetherra-maint generations list" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint generations list format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint generations list color" # Colours
    --progress: string@"nu-complete aetherra-maint generations list progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint generations list log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint generations list log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint generations list on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint generations show format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint generations show color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint generations show progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint generations show log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint generations show log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint generations show on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # What is in one [default: the deployed one]
  export extern "aetherra-maint generations show" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint generations show format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint generations show color" # Colours
    --progress: string@"nu-complete aetherra-maint generations show progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint generations show log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint generations show log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint generations show on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    number?: string           # Its number
  ]

  def "nu-complete aetherra-maint generations verify format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint generations verify color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint generations verify progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint generations verify log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint generations verify log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint generations verify on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Read every file of one, and say which are not what was approved
  export extern "aetherra-maint generations verify" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint generations verify format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint generations verify color" # Colours
    --progress: string@"nu-complete aetherra-maint generations verify progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint generations verify log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint generations verify log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint generations verify on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    number?: string           # Its number [default: all that can be deployed]
  ]

  def "nu-complete aetherra-maint generations route format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint generations route color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint generations route progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint generations route log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint generations route log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint generations route on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Which generation a key gets, as a host decides it from registry.json
  export extern "aetherra-maint generations route" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint generations route format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint generations route color" # Colours
    --progress: string@"nu-complete aetherra-maint generations route progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint generations route log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint generations route log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint generations route on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    key: string               # Whatever a host routes by: a user, a session, a request
  ]

  def "nu-complete aetherra-maint generations gc format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint generations gc color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint generations gc progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint generations gc log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint generations gc log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint generations gc on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Clear away what nothing leads to any more
  export extern "aetherra-maint generations gc" [
    --keep: string            # Keep this many that nothing leads to [default: incorporation.keep_generations]
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint generations gc format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint generations gc color" # Colours
    --progress: string@"nu-complete aetherra-maint generations gc progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint generations gc log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint generations gc log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint generations gc on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint generations help" [
  ]

  # All of them, and the tokens that are good (the default)
  export extern "aetherra-maint generations help list" [
  ]

  # What is in one [default: the deployed one]
  export extern "aetherra-maint generations help show" [
  ]

  # Read every file of one, and say which are not what was approved
  export extern "aetherra-maint generations help verify" [
  ]

  # Which generation a key gets, as a host decides it from registry.json
  export extern "aetherra-maint generations help route" [
  ]

  # Clear away what nothing leads to any more
  export extern "aetherra-maint generations help gc" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint generations help help" [
  ]

  def "nu-complete aetherra-maint health format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint health color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint health progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint health log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint health log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint health on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Measures once, and judges against what was promised
  export extern "aetherra-maint health" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint health format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint health color" # Colours
    --progress: string@"nu-complete aetherra-maint health progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint health log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint health log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint health on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint init format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint init color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint init progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint init log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint init log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint init on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Write a commented configuration to start from
  export extern "aetherra-maint init" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint init format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint init color" # Colours
    --progress: string@"nu-complete aetherra-maint init progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint init log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint init log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint init on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint integrate format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint integrate color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint integrate progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint integrate log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint integrate log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint integrate on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Executes a plan, and gives a token that undoes it
  export extern "aetherra-maint integrate" [
    --canary                  # Give it to a part of the traffic first, and to all only when it is no worse
    --detach                  # Do not wait for the end of the trial: the loop continues it
    --observations: string    # Read observations of the trial, JSON lines, from this file as it grows; `-` for standard input
    --approve                 # Approve it as a person: what has to be reviewed, and what is beyond the limits of an hour
    --by: string              # Who approves, for the ledger [default: operator]
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint integrate format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint integrate color" # Colours
    --progress: string@"nu-complete aetherra-maint integrate progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint integrate log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint integrate log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint integrate on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    plan?: string             # The plan: its id, or a file with it [default: the one that was made last]
  ]

  def "nu-complete aetherra-maint man format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint man color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint man progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint man log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint man log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint man on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Manual pages
  export extern "aetherra-maint man" [
    --list                    # The names of all pages
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint man format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint man color" # Colours
    --progress: string@"nu-complete aetherra-maint man progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint man log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint man log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint man on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    ...command: string        # The subcommand, such as `state backup`; without it the program as a whole
  ]

  def "nu-complete aetherra-maint scan format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint scan color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint scan progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint scan log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint scan log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint scan on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Discovers code and data, and brings the index up to date
  export extern "aetherra-maint scan" [
    --null(-0)                # The list on standard input is ended by NUL instead of line ends
    --full                    # Read every file, also those that seem unchanged
    --accept-empty            # Forget the files of a root that is an empty folder now
    --list-skipped            # Name everything that was left out, and why
    --restore: path           # Rebuild the index from its backup, such as .aetherra/index.jsonl
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint scan format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint scan color" # Colours
    --progress: string@"nu-complete aetherra-maint scan progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint scan log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint scan log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint scan on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    ...roots: path            # Folders or files to scan; `-` reads a list from standard input [default: scan.roots of the configuration]
  ]

  def "nu-complete aetherra-maint plan graph" [] {
    [ "mermaid" "dot" ]
  }

  def "nu-complete aetherra-maint plan format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint plan color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint plan progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint plan log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint plan log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint plan on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # What would be let in, in which order, and why the rest is not
  export extern "aetherra-maint plan" [
    --only: string            # Only these components, by id or name
    --exclude: string         # All but these components, by id or name
    --with-review             # Take what has to be reviewed as well; `integrate --approve` lets it in
    --with-experimental       # Take what is unproven as well; `integrate --approve` lets it in
    --explain: string         # Say all about one component, by id or name
    --diff                    # Show what would change in what is deployed
    --graph: string@"nu-complete aetherra-maint plan graph" # Draw components and what they need
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint plan format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint plan color" # Colours
    --progress: string@"nu-complete aetherra-maint plan progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint plan log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint plan log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint plan on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete aetherra-maint policy format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint policy color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint policy progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint policy log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint policy log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint policy on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # What the policy of the gate says
  export extern "aetherra-maint policy" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint policy format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint policy color" # Colours
    --progress: string@"nu-complete aetherra-maint policy progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint policy log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint policy log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint policy on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint policy check format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint policy check color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint policy check progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint policy check log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint policy check log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint policy check on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Whether a policy is valid, and what in it is probably not what was meant
  export extern "aetherra-maint policy check" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint policy check format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint policy check color" # Colours
    --progress: string@"nu-complete aetherra-maint policy check progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint policy check log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint policy check log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint policy check on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    file?: path               # A policy file [default: the one in force]
  ]

  def "nu-complete aetherra-maint policy test format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint policy test color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint policy test progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint policy test log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint policy test log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint policy test on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # What another policy would make of everything that was judged; the answer is no when a decision changes
  export extern "aetherra-maint policy test" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint policy test format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint policy test color" # Colours
    --progress: string@"nu-complete aetherra-maint policy test progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint policy test log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint policy test log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint policy test on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    file: path                # The policy that is tried
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint policy help" [
  ]

  # Whether a policy is valid, and what in it is probably not what was meant
  export extern "aetherra-maint policy help check" [
  ]

  # What another policy would make of everything that was judged; the answer is no when a decision changes
  export extern "aetherra-maint policy help test" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint policy help help" [
  ]

  def "nu-complete aetherra-maint quarantine format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint quarantine color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint quarantine progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint quarantine log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint quarantine log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint quarantine on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # What is isolated
  export extern "aetherra-maint quarantine" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint quarantine format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint quarantine color" # Colours
    --progress: string@"nu-complete aetherra-maint quarantine progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint quarantine log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint quarantine log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint quarantine on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint quarantine list format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint quarantine list color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint quarantine list progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint quarantine list log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint quarantine list log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint quarantine list on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # What is isolated, with statistics
  export extern "aetherra-maint quarantine list" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint quarantine list format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint quarantine list color" # Colours
    --progress: string@"nu-complete aetherra-maint quarantine list progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint quarantine list log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint quarantine list log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint quarantine list on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint quarantine show format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint quarantine show color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint quarantine show progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint quarantine show log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint quarantine show log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint quarantine show on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # All about one
  export extern "aetherra-maint quarantine show" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint quarantine show format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint quarantine show color" # Colours
    --progress: string@"nu-complete aetherra-maint quarantine show progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint quarantine show log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint quarantine show log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint quarantine show on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    id: string                # Its number
  ]

  def "nu-complete aetherra-maint quarantine add format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint quarantine add color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint quarantine add progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint quarantine add log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint quarantine add log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint quarantine add on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Isolate files: out of the deployed tree, into a form that nothing can load
  export extern "aetherra-maint quarantine add" [
    --reason: string          # Why
    --move                    # Take the original away as well
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint quarantine add format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint quarantine add color" # Colours
    --progress: string@"nu-complete aetherra-maint quarantine add progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint quarantine add log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint quarantine add log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint quarantine add on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    ...paths: string          # The files, as `scan` names them [default: what the evaluation wants isolated]
  ]

  def "nu-complete aetherra-maint quarantine release format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint quarantine release color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint quarantine release progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint quarantine release log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint quarantine release log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint quarantine release on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Let one go: it may be planned again, if its evaluation lets it
  export extern "aetherra-maint quarantine release" [
    --reason: string          # Why, for the ledger
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint quarantine release format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint quarantine release color" # Colours
    --progress: string@"nu-complete aetherra-maint quarantine release progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint quarantine release log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint quarantine release log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint quarantine release on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    id: string                # Its number
  ]

  def "nu-complete aetherra-maint quarantine restore format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint quarantine restore color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint quarantine restore progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint quarantine restore log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint quarantine restore log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint quarantine restore on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Put one back where it came from, and let it go
  export extern "aetherra-maint quarantine restore" [
    --approved                # Put back the last version that was deployed instead of what is held
    --reason: string          # Why, for the ledger
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint quarantine restore format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint quarantine restore color" # Colours
    --progress: string@"nu-complete aetherra-maint quarantine restore progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint quarantine restore log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint quarantine restore log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint quarantine restore on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    id: string                # Its number
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint quarantine help" [
  ]

  # What is isolated, with statistics
  export extern "aetherra-maint quarantine help list" [
  ]

  # All about one
  export extern "aetherra-maint quarantine help show" [
  ]

  # Isolate files: out of the deployed tree, into a form that nothing can load
  export extern "aetherra-maint quarantine help add" [
  ]

  # Let one go: it may be planned again, if its evaluation lets it
  export extern "aetherra-maint quarantine help release" [
  ]

  # Put one back where it came from, and let it go
  export extern "aetherra-maint quarantine help restore" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint quarantine help help" [
  ]

  def "nu-complete aetherra-maint rollback format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint rollback color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint rollback progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint rollback log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint rollback log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint rollback on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Goes back, by a token, by one step or to a generation
  export extern "aetherra-maint rollback" [
    --last                    # Undo the last change
    --to: string              # Go to this generation; 0 deploys nothing
    --cascade                 # Take out as well what needs what is taken out
    --verify                  # Read every file of the generation to go back to first, and refuse it when one is not what was approved
    --reason: string          # Why, for the ledger
    --approve                 # Approve it as a person: what has to be reviewed, and what is beyond the limits of an hour
    --by: string              # Who approves, for the ledger [default: operator]
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint rollback format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint rollback color" # Colours
    --progress: string@"nu-complete aetherra-maint rollback progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint rollback log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint rollback log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint rollback on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    token?: string            # The token that `integrate` gave
  ]

  def "nu-complete aetherra-maint schema format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint schema color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint schema progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint schema log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint schema log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint schema on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # The published JSON Schemas and exit codes
  export extern "aetherra-maint schema" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint schema format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint schema color" # Colours
    --progress: string@"nu-complete aetherra-maint schema progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint schema log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint schema log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint schema on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    name?: string             # A report such as `scan` or `scan/v1`, `config`, or `exit-codes`; without it the list of names
  ]

  def "nu-complete aetherra-maint security-eval output_style" [] {
    [ "full" "concise" ]
  }

  def "nu-complete aetherra-maint security-eval format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint security-eval color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint security-eval progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint security-eval log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint security-eval log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint security-eval on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Findings, risk, trust tier and decision of code
  export extern "aetherra-maint security-eval" [
    --null(-0)                # The list on standard input is ended by NUL instead of line ends
    --staged                  # Judge what is staged for the next commit, as it is staged
    --from-ref: string        # Judge what changed since this commit
    --to-ref: string          # As it is in this commit
    --select: string          # Only these rules: ids, ids of bandit or ruff, categories, `bandit`, `ruff`
    --ignore: string          # All but these rules
    --baseline: path          # Findings in this file do not count
    --write-baseline: path    # Write what counts now to this file, and answer yes
    --fix                     # Make the changes that are safe, and judge what is left
    --diff                    # Show the changes that are safe, and make none
    --watch                   # Judge again whenever a file changes, until a signal ends it
    --output-style: string@"nu-complete aetherra-maint security-eval output_style" # The human form: full, concise
    --no-cache                # Neither use nor fill the cache in the state
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint security-eval format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint security-eval color" # Colours
    --progress: string@"nu-complete aetherra-maint security-eval progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint security-eval log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint security-eval log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint security-eval on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    ...paths: path            # Files and folders; `-` reads a list from standard input [default: the project]
  ]

  def "nu-complete aetherra-maint state format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint state color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint state progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint state log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint state log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint state on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # The state: what is in it, its version, a copy of it
  export extern "aetherra-maint state" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint state format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint state color" # Colours
    --progress: string@"nu-complete aetherra-maint state progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint state log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint state log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint state on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint state info format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint state info color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint state info progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint state info log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint state info log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint state info on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Where it is, its version and what is in it
  export extern "aetherra-maint state info" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint state info format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint state info color" # Colours
    --progress: string@"nu-complete aetherra-maint state info progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint state info log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint state info log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint state info on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint state migrate format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint state migrate color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint state migrate progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint state migrate log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint state migrate log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint state migrate on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Make it, or bring it to the newest version after a backup
  export extern "aetherra-maint state migrate" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint state migrate format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint state migrate color" # Colours
    --progress: string@"nu-complete aetherra-maint state migrate progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint state migrate log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint state migrate log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint state migrate on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint state backup format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint state backup color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint state backup progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint state backup log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint state backup log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint state backup on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Copy the database, without the key of the ledger and the deployed files, which lie beside it
  export extern "aetherra-maint state backup" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint state backup format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint state backup color" # Colours
    --progress: string@"nu-complete aetherra-maint state backup progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint state backup log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint state backup log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint state backup on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    path?: path               # The copy [default: backups/state-<time>.db in the state directory]
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint state help" [
  ]

  # Where it is, its version and what is in it
  export extern "aetherra-maint state help info" [
  ]

  # Make it, or bring it to the newest version after a backup
  export extern "aetherra-maint state help migrate" [
  ]

  # Copy the database, without the key of the ledger and the deployed files, which lie beside it
  export extern "aetherra-maint state help backup" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint state help help" [
  ]

  def "nu-complete aetherra-maint status format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint status color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint status progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint status log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint status log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint status on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Everything at a glance
  export extern "aetherra-maint status" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint status format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint status color" # Colours
    --progress: string@"nu-complete aetherra-maint status progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint status log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint status log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint status on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint trust format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint trust color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint trust log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint trust on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Signatures and approvals: who vouched for what
  export extern "aetherra-maint trust" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint trust format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint trust color" # Colours
    --progress: string@"nu-complete aetherra-maint trust progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint trust log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint trust log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint trust on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint trust list format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint trust list color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust list progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust list log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint trust list log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint trust list on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Whose word counts, and what was vouched for
  export extern "aetherra-maint trust list" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint trust list format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint trust list color" # Colours
    --progress: string@"nu-complete aetherra-maint trust list progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint trust list log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint trust list log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint trust list on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  def "nu-complete aetherra-maint trust keygen format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint trust keygen color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust keygen progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust keygen log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint trust keygen log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint trust keygen on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Make a key of the kind that `ssh-keygen -t ed25519` makes
  export extern "aetherra-maint trust keygen" [
    --as: string              # Whose key it is
    --passphrase-file: path   # A file with the passphrase that the key is locked with
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint trust keygen format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint trust keygen color" # Colours
    --progress: string@"nu-complete aetherra-maint trust keygen progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint trust keygen log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint trust keygen log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint trust keygen on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    file: path                # Where the key goes; the public half goes beside it
  ]

  def "nu-complete aetherra-maint trust sign format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint trust sign color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust sign progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust sign log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint trust sign log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint trust sign on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Sign the files of a component as its publisher
  export extern "aetherra-maint trust sign" [
    --key: path               # A private key, as `ssh-keygen` or `trust keygen` makes it
    --passphrase-file: path   # A file with the passphrase of the key
    --prepare                 # Write the manifest alone, to be signed elsewhere: `ssh-keygen -Y sign -n aetherra-manifest@v1`, or minisign
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint trust sign format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint trust sign color" # Colours
    --progress: string@"nu-complete aetherra-maint trust sign progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint trust sign log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint trust sign log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint trust sign on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    path: path                # A file or a folder of the project
  ]

  def "nu-complete aetherra-maint trust verify format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint trust verify color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust verify progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust verify log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint trust verify log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint trust verify on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # What holds for the files of a component
  export extern "aetherra-maint trust verify" [
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint trust verify format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint trust verify color" # Colours
    --progress: string@"nu-complete aetherra-maint trust verify progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint trust verify log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint trust verify log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint trust verify on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    path: path                # A file or a folder of the project
  ]

  def "nu-complete aetherra-maint trust approve format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint trust approve color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust approve progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust approve log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint trust approve log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint trust approve on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Approve exactly the present content as a reviewer
  export extern "aetherra-maint trust approve" [
    --key: path               # A private key, as `ssh-keygen` or `trust keygen` makes it
    --passphrase-file: path   # A file with the passphrase of the key
    --as: string              # The reviewer, where the key alone does not tell
    --prepare: path           # Write what is to be signed to this file, for `ssh-keygen -Y sign -n aetherra-approve@v1`
    --signature: path         # A signature that was made elsewhere
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint trust approve format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint trust approve color" # Colours
    --progress: string@"nu-complete aetherra-maint trust approve progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint trust approve log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint trust approve log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint trust approve on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    path: path                # A file or a folder of the project
  ]

  def "nu-complete aetherra-maint trust revoke format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint trust revoke color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust revoke progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint trust revoke log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint trust revoke log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint trust revoke on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # Take a signature or an approval back, or all that a key ever signed
  export extern "aetherra-maint trust revoke" [
    --key: string             # A key whose word counts no more: a file with its public half, or as `trust list` names it
    --reason: string          # Why, for the ledger
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint trust revoke format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint trust revoke color" # Colours
    --progress: string@"nu-complete aetherra-maint trust revoke progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint trust revoke log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint trust revoke log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint trust revoke on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
    id?: string               # As `trust list` names it
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint trust help" [
  ]

  # Whose word counts, and what was vouched for
  export extern "aetherra-maint trust help list" [
  ]

  # Make a key of the kind that `ssh-keygen -t ed25519` makes
  export extern "aetherra-maint trust help keygen" [
  ]

  # Sign the files of a component as its publisher
  export extern "aetherra-maint trust help sign" [
  ]

  # What holds for the files of a component
  export extern "aetherra-maint trust help verify" [
  ]

  # Approve exactly the present content as a reviewer
  export extern "aetherra-maint trust help approve" [
  ]

  # Take a signature or an approval back, or all that a key ever signed
  export extern "aetherra-maint trust help revoke" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint trust help help" [
  ]

  def "nu-complete aetherra-maint watch format" [] {
    [ "human" "json" "jsonl" "sarif" "github" "gitlab" "junit" "markdown" "prometheus" "html" ]
  }

  def "nu-complete aetherra-maint watch color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint watch progress" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete aetherra-maint watch log_level" [] {
    [ "off" "error" "warn" "info" "debug" "trace" ]
  }

  def "nu-complete aetherra-maint watch log_format" [] {
    [ "text" "json" ]
  }

  def "nu-complete aetherra-maint watch on_lock" [] {
    [ "fail" "wait" "skip" ]
  }

  # The loop: every stage at its cadence
  export extern "aetherra-maint watch" [
    --once                    # Do what is due now, and end
    --directory(-C): path     # Folder that relative paths start from
    --config(-c): path        # Read this configuration file instead of the ones that would be found
    --isolated                # Read no configuration files
    --set: string             # Set one key of the configuration
    --state: path             # State directory [default: the nearest .aetherra above, else ./.aetherra]
    --profile: string         # Defaults of a profile
    --format(-f): string@"nu-complete aetherra-maint watch format" # Output format; some subcommands also have sarif, github, gitlab, junit, markdown, prometheus or html
    --output(-o): string      # Write the report to a file as well, replacing it in one step
    --quiet(-q)               # Less talk; twice: no warnings either
    --verbose(-v)             # More talk, with times; twice: all of it
    --color: string@"nu-complete aetherra-maint watch color" # Colours
    --progress: string@"nu-complete aetherra-maint watch progress" # Progress on stderr: bars on a terminal, with `always` lines elsewhere
    --log-level: string@"nu-complete aetherra-maint watch log_level" # How much is told on stderr: off, error, warn, info, debug, trace
    --log-format: string@"nu-complete aetherra-maint watch log_format" # How it is told on stderr: text, json
    --dry-run(-n)             # Say what would be done, and do nothing
    --yes(-y)                 # Answer every question with yes
    --no-input                # Never ask; fail where an answer is needed
    --on-lock: string@"nu-complete aetherra-maint watch on_lock" # When another run holds the state: fail, wait, or skip this run
    --lock-timeout: string    # How long `--on-lock wait` waits, such as 30s or 5m
    --max-runtime: string     # End the run after this time, such as 90s or 10m, with exit code 124
    --fail-on: string         # The mildest severity that makes the answer no: note, low, medium, high, critical
    --report-from: string     # The mildest severity that is shown
    --exit-zero               # Exit with 0 when the answer is no; masks no other code
    --fail-on-empty           # Exit with 4 when there are no inputs
    --allow-incomplete        # Exit with 0 when some inputs could not be judged
    --jobs(-j): string        # Threads [default: one a core]
    --help(-h)                # Print help
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint help" [
  ]

  # Gives each indexed file a class and a confidence
  export extern "aetherra-maint help classify" [
  ]

  # The ledger: check it, list it, take over a host's
  export extern "aetherra-maint help audit" [
  ]

  # Check every entry, every signature, and what was kept elsewhere; or one proof
  export extern "aetherra-maint help audit verify" [
  ]

  # List entries, the newest last
  export extern "aetherra-maint help audit log" [
  ]

  # Everything about one entry
  export extern "aetherra-maint help audit show" [
  ]

  # Take over the `audit_records` of a host, marked with what they could prove
  export extern "aetherra-maint help audit import" [
  ]

  # Print the newest signed checkpoint, to be kept elsewhere
  export extern "aetherra-maint help audit checkpoint" [
  ]

  # Print the proof that an entry is in the ledger, to be checked by others
  export extern "aetherra-maint help audit prove" [
  ]

  # Erase details of entries, on request or by policy; the chain still verifies
  export extern "aetherra-maint help audit redact" [
  ]

  # Move older entries to a sealed, compressed file that verifies on its own
  export extern "aetherra-maint help audit rotate" [
  ]

  # Write entries to a file, each with its proof, or as CloudEvents
  export extern "aetherra-maint help audit export" [
  ]

  # Keep the newest checkpoint where it cannot be changed from here
  export extern "aetherra-maint help audit anchor" [
  ]

  # Sign checkpoints of another log, when it has only grown
  export extern "aetherra-maint help audit witness" [
  ]

  # What is on trial, and what the settings of a trial do
  export extern "aetherra-maint help canary" [
  ]

  # The newest trial: what was observed, and what became of it
  export extern "aetherra-maint help canary show" [
  ]

  # Follow the trial to its end, as `integrate --canary` does
  export extern "aetherra-maint help canary wait" [
  ]

  # Take the canary back
  export extern "aetherra-maint help canary stop" [
  ]

  # Make the canary stable before its trial has ended
  export extern "aetherra-maint help canary promote" [
  ]

  # Try the settings on canaries that never were, and show how often they are stopped
  export extern "aetherra-maint help canary simulate" [
  ]

  # A script that teaches a shell the subcommands and flags
  export extern "aetherra-maint help completions" [
  ]

  # What is configured, where it came from, whether it is valid
  export extern "aetherra-maint help config" [
  ]

  # Every key with its value
  export extern "aetherra-maint help config show" [
  ]

  # Every mistake in every layer
  export extern "aetherra-maint help config check" [
  ]

  # The JSON Schema of a configuration file
  export extern "aetherra-maint help config schema" [
  ]

  # A small sample system, and the whole loop over it
  export extern "aetherra-maint help demo" [
  ]

  # Whether the tool itself is well: state, permissions, configuration, clock
  export extern "aetherra-maint help doctor" [
  ]

  # What a code, a rule or an exit code means, or why a file is let in or not
  export extern "aetherra-maint help explain" [
  ]

  # What is deployed, what was, and who gets what
  export extern "aetherra-maint help generations" [
  ]

  # All of them, and the tokens that are good (the default)
  export extern "aetherra-maint help generations list" [
  ]

  # What is in one [default: the deployed one]
  export extern "aetherra-maint help generations show" [
  ]

  # Read every file of one, and say which are not what was approved
  export extern "aetherra-maint help generations verify" [
  ]

  # Which generation a key gets, as a host decides it from registry.json
  export extern "aetherra-maint help generations route" [
  ]

  # Clear away what nothing leads to any more
  export extern "aetherra-maint help generations gc" [
  ]

  # Measures once, and judges against what was promised
  export extern "aetherra-maint help health" [
  ]

  # Write a commented configuration to start from
  export extern "aetherra-maint help init" [
  ]

  # Executes a plan, and gives a token that undoes it
  export extern "aetherra-maint help integrate" [
  ]

  # Manual pages
  export extern "aetherra-maint help man" [
  ]

  # Discovers code and data, and brings the index up to date
  export extern "aetherra-maint help scan" [
  ]

  # What would be let in, in which order, and why the rest is not
  export extern "aetherra-maint help plan" [
  ]

  # What the policy of the gate says
  export extern "aetherra-maint help policy" [
  ]

  # Whether a policy is valid, and what in it is probably not what was meant
  export extern "aetherra-maint help policy check" [
  ]

  # What another policy would make of everything that was judged; the answer is no when a decision changes
  export extern "aetherra-maint help policy test" [
  ]

  # What is isolated
  export extern "aetherra-maint help quarantine" [
  ]

  # What is isolated, with statistics
  export extern "aetherra-maint help quarantine list" [
  ]

  # All about one
  export extern "aetherra-maint help quarantine show" [
  ]

  # Isolate files: out of the deployed tree, into a form that nothing can load
  export extern "aetherra-maint help quarantine add" [
  ]

  # Let one go: it may be planned again, if its evaluation lets it
  export extern "aetherra-maint help quarantine release" [
  ]

  # Put one back where it came from, and let it go
  export extern "aetherra-maint help quarantine restore" [
  ]

  # Goes back, by a token, by one step or to a generation
  export extern "aetherra-maint help rollback" [
  ]

  # The published JSON Schemas and exit codes
  export extern "aetherra-maint help schema" [
  ]

  # Findings, risk, trust tier and decision of code
  export extern "aetherra-maint help security-eval" [
  ]

  # The state: what is in it, its version, a copy of it
  export extern "aetherra-maint help state" [
  ]

  # Where it is, its version and what is in it
  export extern "aetherra-maint help state info" [
  ]

  # Make it, or bring it to the newest version after a backup
  export extern "aetherra-maint help state migrate" [
  ]

  # Copy the database, without the key of the ledger and the deployed files, which lie beside it
  export extern "aetherra-maint help state backup" [
  ]

  # Everything at a glance
  export extern "aetherra-maint help status" [
  ]

  # Signatures and approvals: who vouched for what
  export extern "aetherra-maint help trust" [
  ]

  # Whose word counts, and what was vouched for
  export extern "aetherra-maint help trust list" [
  ]

  # Make a key of the kind that `ssh-keygen -t ed25519` makes
  export extern "aetherra-maint help trust keygen" [
  ]

  # Sign the files of a component as its publisher
  export extern "aetherra-maint help trust sign" [
  ]

  # What holds for the files of a component
  export extern "aetherra-maint help trust verify" [
  ]

  # Approve exactly the present content as a reviewer
  export extern "aetherra-maint help trust approve" [
  ]

  # Take a signature or an approval back, or all that a key ever signed
  export extern "aetherra-maint help trust revoke" [
  ]

  # The loop: every stage at its cadence
  export extern "aetherra-maint help watch" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint help help" [
  ]

}

export use completions *
