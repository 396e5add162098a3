"""A telephone helpline: a folder of YAML and sounds, answered by telephone.

A room imports only from rooms below it; rooms on the same line don't know each other.

    cli                             the command ivr
    verify · app                    checks every possible call · puts the line together
    console · account · fallback    pages for staff · the account at Twilio · the last resort, as files
    webphone · cards · front        a telephone in the browser · printed cards · what holds for every request
    webhooks · web                  signed webhooks, TwiML, sounds · what all pages share
    audio · database                clips · counts, and what staff set, change and publish
    flow                            the call: places, pages, menus, desks, transfers. Pure
    content · config                YAML becomes checked content · settings
    logs · numbers · simulator      the log · telephone numbers · a strict telephone that shares no code with the rest
    errors · values                 what can be wrong · one setting
    environ · spreadsheet           settings as an editor saved them · files for a spreadsheet
"""
