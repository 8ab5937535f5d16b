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
    --progress: string@"nu-complete aetherra-maint progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint classify progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint completions progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint config progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint config show progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint config check progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint config schema progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint doctor progress" # Progress bars
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

  # What a code, a rule or an exit code means
  export extern "aetherra-maint explain" [
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
    --progress: string@"nu-complete aetherra-maint explain progress" # Progress bars
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
    id?: string               # A code, a rule (also by its bandit or ruff id), or an exit code; without it the list of all
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
    --progress: string@"nu-complete aetherra-maint health progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint init progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint man progress" # Progress bars
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
    --full                    # Read every file, also those that seem unchanged
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
    --progress: string@"nu-complete aetherra-maint scan progress" # Progress bars
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
    ...roots: path            # Folders or files to scan [default: scan.roots of the configuration]
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
    --progress: string@"nu-complete aetherra-maint schema progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint security-eval progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint state progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint state info progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint state migrate progress" # Progress bars
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

  # Copy the database
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
    --progress: string@"nu-complete aetherra-maint state backup progress" # Progress bars
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

  # Copy the database
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
    --progress: string@"nu-complete aetherra-maint status progress" # Progress bars
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
    --progress: string@"nu-complete aetherra-maint watch progress" # Progress bars
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

  # Whether the tool itself is well: state, permissions, configuration, clock
  export extern "aetherra-maint help doctor" [
  ]

  # What a code, a rule or an exit code means
  export extern "aetherra-maint help explain" [
  ]

  # Measures once, and judges against what was promised
  export extern "aetherra-maint help health" [
  ]

  # Write a commented configuration to start from
  export extern "aetherra-maint help init" [
  ]

  # Manual pages
  export extern "aetherra-maint help man" [
  ]

  # Discovers code and data, and brings the index up to date
  export extern "aetherra-maint help scan" [
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

  # Copy the database
  export extern "aetherra-maint help state backup" [
  ]

  # Everything at a glance
  export extern "aetherra-maint help status" [
  ]

  # The loop: every stage at its cadence
  export extern "aetherra-maint help watch" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "aetherra-maint help help" [
  ]

}

export use completions *
