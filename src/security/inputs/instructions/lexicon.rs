//! The classes of words that sentences are read with. Those with spaces around them are looked for in the words of a
//! sentence, the others are held against single words.

/// Words of one class, with `|` in between.
pub(super) type Words = &'static str;

/// Whether a word is of a class.
pub(super) fn is_in(words: &str, word: &str) -> bool {
    words.split('|').any(|one| one == word)
}

/// Somebody who could be told.
pub(super) static PERSONS: Words = concat!(
    "user|users|user's|human|person|people|operator|owner|anyone|anybody|somebody|nobody|they|them|reader",
    "|reviewer|reviewers|maintainer|maintainers|team|customer|client|he|she|him|her|someone|developer",
    "|author|he|owner's|caller|patient|employee|parents|parent|customers|patients|listener|listeners",
    "|manager|employees|guest|guests|teacher|tenant|candidate|staff",
);

/// The same, to be looked for.
pub(super) static PERSONS_SPACED: Words = concat!(
    " user| human | person| people| them | customer| colleague| employee| client| somebody| someone",
    "| anyone| caller| visitor| recipient| team",
);

/// Verbs of telling somebody.
pub(super) static TELLING: Words = concat!(
    "tell|told|telling|mention|mentioning|mentioned|say|inform|informing|report|reporting|disclose",
    "|disclosing|reveal|revealing|show|showing|shown|announce|warn|warning|notify|notifying|explain",
    "|explaining|bring|alert|alerting|acknowledge|admit|describe|surface|bother|display|displaying|expose",
    "|discuss|draw|point|list|refer|document|state|talk|hear|speak|print|log|quote|summarise|summarize",
);

/// Verbs of asking somebody.
pub(super) static ASKING: Words = "ask|asking|confirm|confirming|confirmation|wait|waiting|prompt|approval|permission";

/// Verbs of becoming aware.
pub(super) static NOTICING: Words = "notice|know|learn|find|realise|realize|suspect|aware|see|seen|noticed|discover";

/// What a text calls itself or what it has just asked for.
pub(super) static ITSELF: Words = concat!(
    "this|it|these|step|steps|change|changes|extra|upload|transfer|forwarding|rule|about|instruction",
    "|instructions|proxy|copy|so",
);

/// In secret.
pub(super) static QUIETLY: Words = concat!(
    "silently|secretly|quietly|covertly|discreetly|invisibly|stealthily|unnoticed|unobtrusively",
    "|inconspicuously|surreptitiously|hidden",
);

pub(super) static HIDE: Words = concat!(
    " hide | conceal | disguise | hidden from | mask | obscure | keep this from | keep it from ",
    "| keep that from ",
);

pub(super) static OUT_OF_SIGHT: Words = concat!(
    " out of your | out of the summary| out of the answer| out of the reply| out of the response",
    "| out of the output| out of the log| out of the report| out of the transcript",
    "| out of the conversation| out of the chat| out of sight| between us | out of any ",
    "| from your summary| from your answer| from the summary| from your reply| out of view| to yourself",
    "| out of the history| from the transcript",
);

pub(super) static IF_ASKED: Words = concat!(
    " if asked | when asked | if the user asks | if they ask | if anyone asks | if somebody asks ",
    "| if someone asks | if the user complains | if questioned | asks why| ask why| wonders| wonder ",
    "| asks about it| ask about it| gets suspicious| if in doubt | if a reviewer | if the reviewer ",
    "| if the maintainer | if a customer | if the customer | should the user ask | should anyone ask ",
    "| if the user notices | if they notice | if the harness complains | if anybody asks ",
    "| when questioned | complains | if the user wonders ",
);

pub(super) static LYING: Words = concat!(
    " say it | say that | claim | deny | insist | blame | pretend | answer that | reply that ",
    "| respond that | say you | say the | attribute | reply that it | tell them it | change the subject",
    "| make up| as routine",
);

pub(super) static PRETENDING: Words = concat!(
    " make it look | make it appear | deny having | claim that the user | pretend that | pretend the ",
    "| pretend it | falsely | lie about | deny that | so that it looks like ",
);

pub(super) static NO_TRACE: Words = concat!(
    " no trace| without a trace| without trace| behind the scenes and | stay hidden| remain hidden",
    "| stays hidden| remains hidden| remain invisible| stay invisible| without the user's knowledge",
    "| without their knowledge| nobody notices| no one notices| nobody sees| no one sees| nobody will ",
    "| cannot see this| will not see | only confuse | user unaware | them unaware | off the record",
    "| as if nothing | confidential towards | secret from the user| not show up | be brought to ",
    "| overlook it| overlook this| overlook the| overlooks | attention of the user| user's attention",
    "| kept from | as though nothing | nobody has to | no one has to | nobody needs to | no one needs to ",
    "| keep this confidential| keep this secret| keep it secret| keep secret | to yourself",
    "| like an ordinary | look ordinary| look normal| look harmless| look legitimate| looks legitimate",
    "| looks ordinary| not raise suspicion| without raising| attract attention| draws no attention",
    "| do not list it| not list it among| not to the user | not have to hear| not have to know",
);

/// What does away with an order.
pub(super) static NEGATORS: Words =
    "never|not|cannot|no|avoid|without|nobody|refuse|nor|neither|unable|forbid|forbidden|prohibited";

/// Before a verb, these make it a name or something that is possible.
pub(super) static NO_ORDER: Words = concat!(
    "the|a|an|this|each|your|its|of|for|by|can|may|could|would|might|i|we|they|which|that|who|users|does",
    "|did|optionally|will|apps|every|in|with|from|his|their|our|my|is|are|was|or|as|these|when|if|how|on",
    "|no",
);

pub(super) static CARE: Words = concat!(
    " ask the user | ask for confirmation| ask first| ask before| check with the user ",
    "| agree with the user | discuss with the user | together with the user | user agrees| user confirms",
    "| user approves| unless the user | only if the user | only when the user | user has confirmed",
    "| explicit consent| explicit approval| with consent| redact| mask | embargo| user's consent",
    "| user's approval| if the user wants| if the user asks for it| user explicitly| never commit ",
    "| do not commit | never print | never log | do not log | unless asked| unless explicitly",
    "| after approval| requires approval| wait for approval| user confirmation| wait for the user",
    "| user requests| scrub| anonymi| pseudonym| tell the user how | test network| show it to the user",
    "| show them to the user",
);

/// Giving away.
pub(super) static GIVE: Words = concat!(
    " also mailed to | is mailed to | also sent to | also forwarded to | also copied to | are mailed to ",
    "| is forwarded to | send | post | upload | forward | transmit | submit | embed | embedding | attach ",
    "| pass | give | report | mail | e mail | email | copy | put | include | append | encode ",
    "| exfiltrate | ship | publish | share | be sent | be forwarded | be copied | be uploaded ",
    "| be posted | beacon | relay | push | hand | deliver | sync | mirror | bcc | cc | scp | curl ",
    "| be included | place | write | commit | add | zip | drop | stream | dump ",
);

pub(super) static SENDING_COMMANDS: Words = " scp | curl | wget | nc | rsync | netcat ";

pub(super) static WAYS_OUT: Words = concat!(
    " webhook| parameter| argument| image url| link | query string| pastebin| gist | telegram| discord",
    "| public/| public repo| dns | remote server| external server| subdomain| issue | pull request",
    "| tracking| our server| our team| third party| the vendor| collector| markdown image| alt text",
);

/// What a person has for themselves.
pub(super) static PRIVATE: Words = concat!(
    " credential| api key| access key| access token| api token|id_rsa|id_ed25519|.env| password| secret",
    "| private key|.aws|.ssh|.gnupg|.netrc|.npmrc|.pypirc|.kube| cookie| wallet| seed phrase|/etc/shadow",
    "|/etc/passwd| system prompt| chat history| conversation| transcript| messages so far",
    "| environment variable| environ| ssh key| keychain| tokens | token | personal data| contacts",
    "| address book| browsing history| browser history| session key| recovery code| what the user typed",
    "| everything the user| source code| whole repository| memory file| inbox| mailbox| medical record",
    "| bank| card number| salary| salaries| prompt history| your instructions| clipboard| customer record",
    "| client list| card | cvv|wallet.dat|seed.txt| chat so far| this chat| whole repo| repository ",
    "| what was said| documents of the user| user's documents| user's files| user's mail| patient",
    "| invoices | spreadsheet| credentials.json| service account| refresh token| session token",
    "| home director| payroll| health data| location of the user| table of users| home address",
    "| phone number| full name| date of birth| names of the | resume| each cv | the cv | cvs | diagnos",
    "| passport| user data| customer data| contents of the database| the database| user's location",
    "| user's question| user's input| user's message| user's name|document.cookie|localstorage",
    "| typed into the login",
);

/// Nobody gives these away by way of business.
pub(super) static SURELY_PRIVATE: Words = concat!(
    "id_rsa|id_ed25519|.aws|.ssh|.gnupg|.netrc|.pypirc|.kube| cookies| seed phrase|/etc/shadow",
    "|/etc/passwd| private key| password| system prompt| chat history| keychain| recovery code",
    "| browsing history| browser history| prompt history| session key|.env | card number| cvv",
    "| refresh token| session token| salar| payroll| medical record| patient record| social security",
);

pub(super) static MUCH: Words = concat!(
    " content| full | all | user's | verbatim | everything | whole | complete | their | copy of ",
    "| anything | every | entire | any | raw | of the user | so far | customer's | client's ",
);

/// Verbs of getting at something.
pub(super) static TAKE: Words = concat!(
    " read | open | collect | gather | find | search | cat | tar | zip | archive | list | copy | dump ",
    "| export | extract | grep | harvest | take | get | bundle | pack | compress | save | store | look ",
);

pub(super) static FETCH: Words = concat!(
    " fetch | download | curl | get | load | open | retrieve | visit | wget | poll | pull | check ",
    "| request | read | query ",
);

/// What weighs, when a person does not know of it.
pub(super) static WEIGHTY: Words = concat!(
    " upload | forward | install | execute | delete | exfiltrate | transfer | purchase | buy | pay ",
    "| disable | overwrite | download | wipe | grant | subscribe | sign | approve | obey | transmit ",
    "| record | be sent | be forwarded | be uploaded | append | replace | swap | redirect | modify ",
);

/// What is done in the dark.
pub(super) static DEEDS: Words = concat!(
    " send | post | copy | commit | put | pass | write | read | open | run | call | fetch | change ",
    "| drop | comment out | blame | merge | skip | adjust | downgrade | pin | rename | remove ",
    "| recommend | collect | keep | scp | curl | rm | restart | apply | start | use | add | set | create ",
    "| edit | push | store | save | prefer | rank | book | leave out | omit | insert | lower | raise ",
    "| round | order | contain | include | mark | report | invite | register ",
);

/// The same, said of the thing.
pub(super) static DONE: Words = concat!(
    " must be sent| must be forwarded| is sent | are sent | must contain | must include | is copied ",
    "| be moved | moved to | be changed | must be replaced| must also be | asked for it| told you ",
);

/// What costs, and should be asked for.
pub(super) static COSTLY: Words = concat!(
    " run terraform | pay | purchase | buy | transfer | wire | order | subscribe | upgrade | donate ",
    "| swap | withdraw | approve the transaction| sign the transaction| sign a transfer",
    "| sign a transaction| apply -auto|-auto-approve| delete | wipe | force push | drop the | publish ",
    "| spend | book | renew | send money| trade | sell | charge | bid | invite | cancel | terminate ",
);

pub(super) static UNASKED_FOR: Words = concat!(
    " without asking | without confirm| without approval| without permission| without waiting",
    "| do not ask | do not wait for | never ask | no confirmation| not need confirmation",
    "| without the user| without consulting | without their | without review| before the user can ",
    "| before they can | confirmation is not | no approval| not need approval| not require approval",
    "| not require confirmation| without further ",
);

/// Doing what one is told.
pub(super) static OBEY: Words = concat!(
    " follow | obey | execute | carry out | comply with | act on | do what | do whatever | do as | run ",
    "| perform | adopt | apply | be executed | be followed | be obeyed | be carried out | honour | honor ",
    "| fulfil | fulfill ",
);

pub(super) static ORDERS: Words = concat!(
    " instruction| command| orders | order | directive| whatever | what it says| anything it | it says",
    "| they say| it contains| it asks| steps it | be executed| immediately| tasks it | what is written",
    "| what they | what the page| what the | rules | returned code| response | found there",
    "| everything it ",
);

/// Where strangers write.
pub(super) static ELSEWHERE: Words = concat!(
    " page| website| web site| email| e mail| mails | mail | issue| comment| ticket| response body| url ",
    "| download| fetched|://| remote| gist| pastebin| attachment| reviews | calendar| invite| found there",
    "| search result| server repl| server return| returned by| tool result| result of the tool",
    "| third party| message| feed| reply| answer of | response of | service | api | field | returns ",
    "| response contains| pull request| chat room| webhook| pdf | readme of | dependency| dns | tweet",
    "| post | qr code| subtitle| transcript",
);

/// Where the author of the text writes.
pub(super) static LOCAL: Words = concat!(
    " references/| in this skill| this guide| below| above|.md | in the skill| user's instructions",
    "| the documentation| installation instruction| install instruction| official ",
    "| instructions from the user| setup instruction| user asked| user request| docs | docs. ",
    "| troubleshoot| commit message| migration",
);

pub(super) static BLINDLY: Words = concat!(
    " exactly| immediately| whatever | right away| straight away| without showing| as given| as written",
    "| promptly| at once| even if | even when | including when | any | every | all | always | must be ",
    "| as if | higher priority| without question| without check| blindly| word for word| to the letter",
    "| before anything| verbatim| unconditionally| no matter ",
);

/// Doing away with orders.
pub(super) static FORGET: Words = concat!(
    " ignore | disregard | forget | override | overrule | set aside | put aside | abandon | discard ",
    "| suspend | drop | replace | bypass | circumvent | break | stop following ",
);

/// Orders that count.
pub(super) static ABOVE: Words = concat!(
    " previous instruction| prior instruction| earlier instruction| all instruction| system prompt",
    "| your instruction| told before| your guideline| safety guideline| safety rule| safety polic",
    "| your rules| your polic| your safety| policies of your | rules of your | content polic| user's ",
    "| what the user | the user said| the user asked| wishes of the user| instructions of the user",
    "| everything you were told| what you were told| your constraints| your restrictions",
    "| instructions given| restrictions of your| limits of your| instructions of your",
    "| all other instruction| any other instruction| whatever you were| whatever else ",
    "| instructions you received| your training| system message| developer message| ethical",
    "| your principles| your values| all rules| earlier rules| previous rules| safeguard| safety setting",
    "| your rule| these limits| usage polic| terms of use of| built in rule| your ethic",
);

pub(super) static SWITCH_OFF: Words = concat!(
    " disable | deactivate | bypass | circumvent | suppress | uninstall | kill | turn off | switch off ",
    "| shut off | shut down | loosen | weaken | evade | unload | get around | work around | opt out of ",
    "| remove ",
);

pub(super) static AGENT_GUARDS: Words = concat!(
    " sandbox| permission prompt| permission check| approval prompt| approval step| confirmation",
    "| safety check| safety filter| guardrail| content filter| permission system| approvals ",
    "| human review| tool approval| hooks that block| allow list| allowlist| denylist| deny list",
    "| deny rules",
);

pub(super) static SYSTEM_GUARDS: Words = concat!(
    " two factor| 2fa| mfa | antivirus| anti virus| firewall| defender| gatekeeper| selinux| apparmor",
    "| endpoint protection| edr | audit log| audit trail| intrusion| secret scan| pre commit hook",
    "| scanner| malware scan| branch protection| security software| virus scan",
    "| system integrity protection| multi factor",
);

pub(super) static WRITE: Words = concat!(
    " append | add | write | insert | copy | install | register | schedule | save | store | put | place ",
    "| create | drop | edit | prepend | paste ",
);

pub(super) static LASTING: Words = concat!(
    "claude.md|agents.md|gemini.md|.cursorrules|.windsurfrules|copilot-instructions|memory.md| memory",
    "|.bashrc|.zshrc|.profile| crontab| cron job| launch agent| launchagent| systemd| startup| autostart",
    "| git hook|post-commit|pre-commit|post-checkout|.git/hooks|authorized_keys| scheduled task",
    "| other skill| skill file|settings.json|mcp.json| system prompt",
);

pub(super) static PERSUADE: Words = concat!(
    " tell | ask | convince | encourage | talk | coax | request that | invite | remind | inform | warn ",
    "| persuade | urge | trick | get | instruct | lead | advise | make | press | pressure | have | let ",
);

pub(super) static WATCH: Words = concat!(
    " record | capture | take | log | monitor | track | watch | snapshot | photograph | listen ",
    "| screenshot | save | collect | keep ",
);

pub(super) static WATCHED: Words = concat!(
    " keystroke| key stroke| screenshot| the screen | user's screen| microphone| clipboard| webcam",
    "| camera| location| user types| everything the user| what the user types| browsing| user's desktop",
    "| every message| all messages",
);

pub(super) static GRANT: Words = " add | invite | grant | give | make | promote | share | set | append | transfer ";

pub(super) static RIGHTS: Words = concat!(
    " collaborator| admin| owner| write access| full access| edit access| editor| root access",
    "|authorized_keys| delegate| maintainer | ownership| read access| member | recovery ",
    "| forwarding address| view access| access to the ",
);

/// What the person said or would say does not count.
pub(super) static UNWILLING: Words = concat!(
    " without asking | without confirm| without approval| without permission| without waiting",
    "| do not ask | do not wait for | never ask the user | never ask for permission",
    "| never ask for confirm| never ask for approval| no confirmation| no need to wait| no need to ask",
    "| not wait for | whatever the user | whatever they | regardless of | anyway | even if the user",
    "| even if they| even when the user| already agreed| already approved| already consented| has agreed",
    "| has approved| agreed to everything| without looking at | without checking | without reading ",
    "| if the user declines| if the user refuses| if the user objects| if the user says no",
    "| no matter what | no matter who | not to the user | instead of the user| before the user ",
    "| without review| without further | without the user| not need to confirm| not need to ask",
    "| not need to know| not have to hear| not have to know| not have to be told| do not consult",
);

/// Rights that a text gives itself or others.
pub(super) static CLAIMED: Words = concat!(
    " already agreed| already approved| already authorised| already authorized| already consented",
    "| agreed to everything| has administrator rights| permission of the admin",
    "| permission of the administrator| permission from the admin| you have permission to read all",
    "| you have been authorised| you have been authorized| was approved by legal| cleared by security",
    "| approved by security| signed off by| admin rights| rules do not apply| policies do not apply",
    "| safety does not apply| is exempt| are exempt| you are allowed to ignore| pre approved| preapproved",
    "| is permitted by the| has been cleared| authorised by | authorized by the | takes precedence",
    "| by order of| outrank| same authority| full authority| highest authority| policy of the company",
    "| part of the license| part of the licence| required by the license| terms of service allow",
    "| legally required",
);

/// Work that is not what it says.
pub(super) static CHEATING: Words = concat!(
    " invent | fake | fabricate | forge | falsify | backdate | inflate | understate | overstate ",
    "| round up | misreport | invented | leave out every | leave out all | omit every | omit all ",
    "| suppress | downplay | hide the | approve it | smuggle | slip | sneak | disguise | tamper | doctor ",
    "| manipulate | impersonate | pretend to be | pose as | always recommend | rank it first| favour ",
    "| favor | skim | siphon | divert | mislead | trick | hide the fee| conceal | postinstall| preinstall",
    "| all contacts| every contact",
);

/// What nobody asks of people honestly.
pub(super) static ASKED_OF_PEOPLE: Words = concat!(
    " password| passcode| seed phrase| recovery phrase| card number| cvv| the pin | one time code",
    "| verification code| 2fa code| private key| social security| login code| security code",
    "| code that was sent| code they received| code that arrived| read out the code| bank details",
    "| gift card| remote access| anydesk| teamviewer",
);

pub(super) static PLACEHOLDER: Words = " placeholder| example | template| your | test | sample | fixture| mask";

/// The classes that are looked for, so that one pass tells which of them a sentence has.
pub(super) static CLASSES: &[Words] = &[
    PERSONS_SPACED,
    HIDE,
    OUT_OF_SIGHT,
    IF_ASKED,
    LYING,
    PRETENDING,
    NO_TRACE,
    CARE,
    GIVE,
    SENDING_COMMANDS,
    WAYS_OUT,
    PRIVATE,
    SURELY_PRIVATE,
    MUCH,
    TAKE,
    FETCH,
    WEIGHTY,
    DEEDS,
    DONE,
    COSTLY,
    UNASKED_FOR,
    OBEY,
    ORDERS,
    ELSEWHERE,
    LOCAL,
    BLINDLY,
    FORGET,
    ABOVE,
    SWITCH_OFF,
    AGENT_GUARDS,
    SYSTEM_GUARDS,
    WRITE,
    LASTING,
    PERSUADE,
    UNWILLING,
    CLAIMED,
    CHEATING,
    ASKED_OF_PEOPLE,
    PLACEHOLDER,
    WATCH,
    WATCHED,
    GRANT,
    RIGHTS,
];
