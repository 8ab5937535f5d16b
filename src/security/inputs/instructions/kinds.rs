//! The kinds of aims that one sentence can have, one question each.

use super::aims::is_header;
use super::dark::{Dark, dark};
use super::lexicon::*;
use super::said::Said;

/// Earlier orders, the user's or the provider's, are put aside.
pub(super) fn overrules(said: &Said) -> bool {
    let put_aside = said.wants_near(FORGET, ABOVE, 8) && !said.has(" config| option| setting| default");
    let void = said.near(
        ABOVE,
        concat!(
            " no longer appl| are outdated| are void| are suspended| do not apply| are obsolete| are superseded",
            "| are cancelled| are lifted",
        ),
        10,
    );
    let above = said.says(concat!(
        " take precedence over | takes precedence over | higher priority than | outrank| overrides ",
        "| override | supersede ",
    )) && said.near(
        " precedence over | priority than | outrank| overrides | override | supersede",
        concat!(
            " system prompt| the system | the person| whoever| everybody| safety| the user| user's",
            "| your guideline| your instruction| your polic| your previous| those of| provider| developer",
            "| any other instruction| all other instruction",
        ),
        6,
    );
    let above = above
        && !said.has(concat!(
            " default| setting| config| css| env| if provided| file| theme| always override| user instructions",
            "| user preferences",
        ));
    let unbound = said.says(concat!(
        " no longer bound| not bound by| unrestricted | without restrictions | without any restriction",
        "| no restrictions | no limits | not subject to ",
    )) && said.has(" you ")
        && said.has(" you are| your | policy| policies| rules| guideline| act as");
    let other_task = said.says(" your real | your true | your actual | your only real ")
        && said.has(" task | goal | mission | purpose | objective | job | instructions | operator | master ")
        && (said.has(" different| is to | : | , | hidden| secret"));
    let owner = said.says(concat!(
        " your operator is | your owner is | your new operator| you now answer to| you now work for",
        "| you now serve| new master| is your principal",
    ));
    let ranks = said.says(concat!(
        " rank above | ranks above | stand above | stands above | come before anything | count more than ",
        "| outweigh| weigh more than | more authority than | same authority as | same weight as ",
    )) && said.has(" user| system| safety| provider| rules| developer| polic");
    let other_self = said.says(concat!(
        " you are not an assistant| you are no longer an assistant| you are no longer claude",
        "| you are not claude| you are now a | from now on you are| answers to the author| you are not bound",
    )) && said.has(" but | author| who | without | no longer | free ");
    let second = said.has(" come second| comes second| come last| comes last| first duty | first loyalty| loyal to ")
        && said.has(" wishes | user| person in front| instructions of | safety")
        && said.has(" author| prompt| this skill| this file| publisher| vendor");
    let released = said.near(
        " safety| guideline| polic| restriction| rules| guardrail",
        concat!(
            " need not | not have to | not need to | do not apply| not apply to| not meant for you",
            "| made for other| not for you",
        ),
        12,
    ) && said.has(" you | this skill| here ");
    second || released || ranks || other_self || put_aside || void || above || unbound || other_task || owner
}

/// Somebody's secrets go where they do not belong.
pub(super) fn takes(said: &Said, hidden: bool) -> bool {
    if !said.says(PRIVATE) || is_header(said) {
        return false;
    }
    let out = said.address || said.has(WAYS_OUT);
    let gives =
        said.wants(GIVE) || said.wants(SENDING_COMMANDS) || said.wants(WRITE) && said.has(" public | gist | pastebin");
    let much = said.has(MUCH) || said.has(SURELY_PRIVATE);
    let again = said.has(" each | every | whenever | all ")
        && said.has(" user's | of the user| user types| user says| user writes| customer's ");
    // A file of keys is read, and another tool is called with it.
    let file = said.has("~/.aws/credentials|.ssh/id_|~/.netrc|.kube/config|.git-credentials|~/.pypirc");
    let read = said.wants(" read | open | cat | load ");
    let called = said.says(" then call | then pass | and call | then invoke | and pass | and hand | then hand ");
    file && read && called
        || gives && said.address && again
        || gives
            && out
            && (much || hidden)
            && (said.address || said.has(SURELY_PRIVATE) || hidden || said.has(" every | all "))
}

/// What others wrote is to be obeyed.
pub(super) fn strangers(said: &Said) -> bool {
    let obeys = said.wants_near(OBEY, ORDERS, 9);
    let from = said.has(ELSEWHERE) && !said.has(LOCAL);
    let blindly = said.has(BLINDLY) || said.has(UNASKED_FOR) || dark(said) != Dark::No;
    let is_order = said.near(
        concat!(
            " treat | regard | consider | is an order | as an order | as orders | are orders | is a command ",
            "| counts as | as if ",
        ),
        concat!(
            " from the user| by the user| of the user| system | authorised | authorized | trusted | user approved",
            "| as instructions| as commands| as orders",
        ),
        14,
    );
    let decoded = said.wants(" decode | decrypt | unpack | deobfuscate | translate ")
        && said.has(" base64| rot13| hex | hexadecimal| encoded| cipher| morse| reversed| backwards")
        && (said.wants_near(OBEY, ORDERS, 9) || said.wants_near(OBEY, " it | them | what | result", 4));
    let fetched =
        said.address && said.says(FETCH) && (obeys || said.wants_near(OBEY, " it | them | whatever | what ", 4));
    decoded
        || from && obeys && blindly
        || from
            && is_order
            && !said.has(" as data| untrusted")
            && said.says(concat!(
                " treat | regard | consider | is an order | as an order | as orders | are orders | is a command ",
                "| counts as | as if ",
            ))
        || fetched && !said.has(LOCAL)
}

/// A guard is passed by.
pub(super) fn guards(said: &Said) -> bool {
    let flags = said.says(concat!(
        "bypasspermissions|dangerously-skip-permissions|dangerously_skip_permissions|--yolo",
        "|dangerously-bypass-approvals",
    )) && !said.has(" flag allows| requires the user| if the user | option | dangerous ")
        && said.wants(" set | start | run | use | add | launch | enable | restart | pass | write | switch ")
        && said.has(" every | always | yourself | not asked| so that | first | claim | must | user ");
    let switched = said.wants_near(SWITCH_OFF, AGENT_GUARDS, 6)
        && said.has(" first | always | yourself | before | must | so that | user | you | every ")
        || said.wants_near(SWITCH_OFF, SYSTEM_GUARDS, 6);
    let turned = said.wants_near(" turn | switch ", " off ", 10) && (said.has(SYSTEM_GUARDS) || said.has(AGENT_GUARDS));
    let listed = said.wants(" add | put | write | append | extend | set | edit | insert ")
        && said.has(concat!(
            " allow list| allowlist| allowed tools|permissions.allow|settings.json|settings.local.json",
            "| permissions ",
        ))
        && said.has(concat!(
            " yourself| not asked | not ask | no longer ask| never ask| without ask| stops asking| no prompt",
            "| not prompt| never prompt",
        ));
    let answered = said.wants(" agree to | answer | approve | accept | confirm | click | press | type | grant ")
        && said.has(concat!(
            " yourself | on behalf | on the user's behalf| on their behalf| for the user | in the user's name",
            "| in place of the user",
        ))
        && said.has(" prompt| dialog| approval| confirmation| permission| question| request| consent| terms");
    let kept = said.has(" keep running| keep the process| restart | start it again| relaunch")
        && said.near(
            " if the user | when the user | even if | even when | whenever ",
            " stop| kill| cancel| end| terminate| close",
            8,
        )
        && !said.has(" server");
    let open = said.wants(" set | switch | change ")
        && said.has(concat!(
            " approval mode| approval policy| permission mode| allowed_tools| allowed tools| auto approve",
            "| autoapprove",
        ))
        && said.has(" to never| to * | to all | to always| to full| to auto| to none| to true| to off| bypass");
    let skipped = said.wants_near(
        " skip | bypass | ignore | dismiss | override ",
        concat!(
            " required review| required check| required status| code review| mandatory review| security review",
            "| approval of| required approval",
        ),
        5,
    );
    flags || skipped || open || switched || turned || listed || answered || kept
}

/// Orders are written where they last, and are meant to.
pub(super) fn lasts(said: &Said) -> bool {
    let written = said.wants(WRITE) && said.has(LASTING);
    let meant = said.has(concat!(
        " surviv| later session| keeps it active| keeps running| stays active| each session| every session",
        "| when this skill is removed| uninstall| even after| even when this| future session| all later ",
        "| permanently| from now on| every new session| reinstall| on each start| at every start",
    )) && (said.address
        || dark(said) != Dark::No
        || said.has(concat!(
            " surviv| keeps it active| stays active| uninstall| when this skill is removed| obey| reinstall",
            "| even after",
        )));
    let spreads = said.wants(" copy | add | insert | replicate | paste | spread | append | include | propagate ")
        && said.near(
            " copy | add | insert | replicate | paste | spread | append | include | propagate ",
            concat!(
                " this text| this paragraph| this file| this instruction| this section | these instructions",
                "| this skill| these lines| itself| this block| this rule",
            ),
            4,
        )
        && said.has(" every | all other | each | any repository| other skill| all skills| other project| other repos")
        && !said.has(" response| prompt");
    let written_again = written
        && said.has(concat!(
            " if it is removed| if it gets removed| if someone removes| if the user removes| add it again",
            "| put it back| if it was deleted| if deleted",
        ));
    written && meant || spreads || written_again
}

/// People are talked out of what protects them.
pub(super) fn deceives(said: &Said) -> bool {
    let persuades = said.wants_near(PERSUADE, PERSONS_SPACED, 5);
    let to_give = said.has(concat!(
        " send | give | enter | type | paste | share | provide | reply with | hand over | read out | confirm ",
        "| ask for | install | buy ",
    )) && (said.has(ASKED_OF_PEOPLE) || said.has(" pin | otp "));
    let to_weaken = said.wants_near(PERSUADE, " turn | disable | switch off | uninstall | deactivate ", 5)
        && said.has(SYSTEM_GUARDS);
    let poses = said.wants(concat!(
        " pretend to be | pose as | impersonate | claim to be | act as if you were | present yourself as ",
        "| sign as | say you are ",
    )) && said.has(concat!(
        " support| bank| admin| security team| it department| police| the user| official| manager| ceo",
        "| provider| human| colleague| boss| helpdesk",
    )) && (to_give
        || said.address
        || said.has(" money| pay| transfer| invoice| trust| urgent| password| code | approve"));
    let away = said.address
        || dark(said) != Dark::No
        || said.has(" urgent| locked| expire| migrat| suspended| is safe| assure| verify their| verify your");
    persuades && (to_give && away || to_weaken) || poses
}

/// A tool or skill speaks of others: to come in their place, or in between.
pub(super) fn shadows(said: &Said) -> bool {
    let others = said.has(concat!(
        " other tool| any tool| every tool| all tools| each tool| original tool| built in tool| other skill",
        "| any other server| every call| each call| all calls| other servers| official tool| tool call",
    ));
    let between = said.near(
        " before | after | route | routed | whenever | prior | with every | on every | intercept ",
        " any | every | all | each | other ",
        4,
    );
    let forced = said.has(" must | always | required | mandatory | never | first ");
    let data = said.has(concat!(
        " this tool| in its place| through | via | pass | send | arguments| result| output| itself",
        "| this server",
    ));
    let replaced = said.says(concat!(
        " deprecated| is broken| obsolete| is unsafe| insecure| compromised| replaces the | supersedes the ",
        "| no longer safe| out of order",
    )) && said.has(" tool")
        && said.has(" instead| in its place| never call| must not be used| never use| only use this| use this")
        && said.has(" never | must | always | every | only ");
    let changed = said.near(" when | whenever | if ", " tool| send_| transfer| pay", 8)
        && said.says(" change the | replace the | set the | swap the | redirect | add bcc | bcc ")
        && said.has(" recipient| account| iban| wallet| destination| beneficiary| bcc")
        && (said.address
            || said.has(" whatever | regardless| no matter | always ")
            || said.says(" replace | swap | redirect "));
    let swapped = said.wants_near(
        " replace | swap | substitute | exchange | overwrite ",
        " wallet address| iban| account number| bank detail| bank account| payment address| recipient| payee",
        6,
    ) && !said.has(PLACEHOLDER);
    swapped
        || others
            && between
            && forced
            && data
            && said.wants(" call | route | pass | send | use | invoke | run | forward | report | copy | include ")
            && said.has(" this tool| this server| pass | forward | route | copy | report ")
        || replaced
        || changed
}

/// What the agent works on is made weak or is destroyed.
pub(super) fn sabotages(said: &Said) -> bool {
    let planted = said.wants_near(
        " insert | add | introduce | plant | leave | inject | include | embed | build in | install | hide ",
        concat!(
            " backdoor| back door| weakness| reverse shell| miner| keylogger| spyware| remote access| rootkit",
            "| master password| hardcoded password| hidden account| hidden admin| hidden user| subtle bug",
            "| subtle flaw",
        ),
        6,
    );
    let wiped = said.wants_near(
        " delete | wipe | erase | destroy | remove | overwrite | encrypt | drop | purge | shred | corrupt ",
        concat!(
            " all backup| backups| every backup| home directory| home folder| whole disk| entire disk| all files",
            "| every file| user's files| user's documents| all tables| git history| audit log| audit trail",
            "| snapshots| shell history| entire repository| all data| access log| ~/ | all their ",
        ),
        6,
    ) && (dark(said) != Dark::No
        || said.has(UNASKED_FOR)
        || said.has(" if the user | when the user | unless | evidence| traces| cannot be restored| recover"));
    planted || wiped
}
