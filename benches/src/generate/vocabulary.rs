//! The made-up organisation: its people, its applications and the words of its mail.
//!
//! Names, addresses and networks are fictitious: domains end in `.example`, addresses are from the ranges
//! that are reserved for documentation.

use super::dice::{Alphabet, Dice};

/// The audience of tokens for Microsoft Graph: the application that the first hunt looks for.
pub const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

/// The audience of tokens for Exchange Online.
pub const EXCHANGE: &str = "00000002-0000-0ff1-ce00-000000000000";

/// The organisation's own domain.
pub const HOME_DOMAIN: &str = "contoso.example";

/// The id of the organisation's tenant.
pub const TENANT: &str = "5f1060f2-d9a4-4f59-bf9c-1dd8f3604a4b";

/// ASCII and display form of given names.
#[rustfmt::skip] // A table of words: one entry a line would fill a screen.
const GIVEN_NAMES: &[(&str, &str)] = &[
    ("anna", "Anna"), ("bjorn", "Björn"), ("chidi", "Chidi"), ("daniela", "Daniela"), ("emre", "Emre"),
    ("fatima", "Fatima"),
    ("grace", "Grace"), ("hiroshi", "浩"), ("ines", "Inês"), ("jean-luc", "Jean-Luc"), ("kavya", "Kavya"),
    ("lukasz", "Łukasz"),
    ("mei", "Mei"), ("noah", "Noah"), ("olga", "Ольга"), ("pedro", "Pedro"), ("qadir", "Qadir"),
    ("rosa", "Rosa"),
    ("soren", "Søren"), ("tomas", "Tomáš"), ("uma", "Uma"), ("viktor", "Viktor"), ("wanjiru", "Wanjirũ"),
    ("xavier", "Xavier"),
    ("yara", "Yara"), ("zoe", "Zoë"), ("amal", "أمل"), ("ben", "Ben"), ("carla", "Carla"),
    ("dmitri", "Дмитрий"),
];

/// ASCII and display form of family names.
#[rustfmt::skip] // A table of words: one entry a line would fill a screen.
const FAMILY_NAMES: &[(&str, &str)] = &[
    ("adeyemi", "Adeyemi"), ("bauer", "Bauer"), ("castro", "Castro"), ("dubois", "Dubois"),
    ("eriksson", "Eriksson"),
    ("fischer", "Fischer"), ("garcia", "García"), ("haddad", "Haddad"), ("ivanov", "Иванов"),
    ("jansen", "Jansen"),
    ("kowalski", "Kowalski"), ("lindqvist", "Lindqvist"), ("mueller", "Müller"), ("nguyen", "Nguyễn"),
    ("obrien", "O'Brien"),
    ("patel", "Patel"), ("quinn", "Quinn"), ("rossi", "Rossi"), ("schmidt", "Schmidt"), ("tanaka", "田中"),
    ("ueda", "上田"), ("vasquez", "Vásquez"), ("weber", "Weber"), ("xu", "Xu"), ("yilmaz", "Yılmaz"),
    ("zhang", "Zhang"),
    ("andersen", "Andersen"), ("brown", "Brown"), ("costa", "Costa"), ("duarte", "Duarte"),
    ("evans", "Evans"), ("ferrari", "Ferrari"),
    ("gruber", "Gruber"), ("horvath", "Horváth"), ("iyer", "Iyer"), ("johnson", "Johnson"), ("kaya", "Kaya"),
    ("larsen", "Larsen"), ("mbeki", "Mbeki"), ("novak", "Novák"),
];

#[rustfmt::skip] // A table of words: one entry a line would fill a screen.
const PLACES: &[(&str, &str, &str)] = &[
    ("DE", "Frankfurt am Main", "Example Telekom AG"), ("DE", "Köln", "Example Telekom AG"),
    ("US", "Chicago", "Example Cable LLC"),
    ("US", "São José", "Example Broadband"), ("NL", "Amsterdam", "Voorbeeld Internet B.V."),
    ("IN", "Pune", "Example Fibre Pvt"),
    ("BR", "São Paulo", "Exemplo Telecom"), ("GB", "Leeds", "Example Broadband plc"),
    ("JP", "東京", "Example Network KK"), ("FR", "Orléans", "Exemple Télécom"),
];

/// Browsers and clients; the last one is a script's.
pub const USER_AGENTS: &[&str] = &[
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36 Edg/129.0.0.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)",
    "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/AP2A.240805.005)",
    "python-requests/2.32.3",
];

/// Device type and operating system of the [`USER_AGENTS`].
pub const DEVICES: &[(&str, &str)] = &[
    ("Desktop", "Windows 10"),
    ("Desktop", "Windows 10"),
    ("Desktop", "OS X"),
    ("Mobile", "iOS"),
    ("Desktop", "Linux"),
    ("Desktop", "Windows 10"),
    ("Mobile", "Android"),
    ("Other", "Unknown"),
];

/// Folders of a mailbox, with the backslash that audit records write.
pub const MAIL_FOLDERS: &[&str] = &[
    "\\Inbox",
    "\\Sent Items",
    "\\Deleted Items",
    "\\Inbox\\Rechnungen 2026",
    "\\Archive\\Größere Vorgänge",
    "\\Drafts",
];

/// Folders and names of files, some not in ASCII.
pub const FILES: &[(&str, &str)] = &[
    ("Shared Documents/Finance", "Budget 2026.xlsx"),
    ("Shared Documents/Finance", "Überweisungen Q3.xlsx"),
    ("Shared Documents/HR", "Salaries & bonuses.docx"),
    ("Shared Documents", "Résumé – candidat n°4.pdf"),
    ("Documents", "notes.txt"),
    ("Documents/Private", "passwords \"old\".kdbx"),
    ("Shared Documents/Engineering/Build #7", "release-notes.md"),
    ("Shared Documents/Engineering", "架构图.vsdx"),
    ("Shared Documents/Legal", "NDA_final_FINAL(2).docx"),
    ("Documents/Attachments", "invoice_88213.pdf"),
    ("Shared Documents/Sales", "Pipeline – EMEA.pptx"),
    ("Shared Documents/Sales", "customers.csv"),
];

/// Beginnings of subjects; a number follows where the last character is a space.
pub const SUBJECTS: &[&str] = &[
    "Re: budget 2026",
    "Invoice no. ",
    "Rechnung Nr. ",
    "Meeting notes – week ",
    "会議の議事録 ",
    "Ваш заказ ",
    "Password expires in 24 hours",
    "FW: \\\\fileserver\\share\\Q3 report",
    "Your \"secure\" document #",
    "Réunion d'équipe à 10 h",
    "🎉 Quarter closed",
    "Shipment delayed: ",
    "RE: RE: contract draft v",
    "Action required: verify your mailbox",
    "[EXTERNAL] Wire transfer ",
    "Lunch?",
    "Your verification code is ",
    "Neuer Kontoauszug verfügbar",
];

/// Domains of senders outside.
pub const OUTSIDE_DOMAINS: &[&str] = &[
    "fabrikam.example",
    "northwind.example",
    "adatum.example",
    "lookalike.example",
    "newsletter.adatum.example",
    "tailspin.example",
    "bounce.wingtip.example",
    "post.woodgrove.example",
];

/// Somebody who works for the organisation.
pub struct User {
    /// The name as shown.
    pub display: String,
    /// The user principal name, which is also the address.
    pub address: String,
    /// The object id in the directory.
    pub object_id: String,
    /// The security identifier of the mailbox's owner.
    pub sid: String,
    /// The "PUID" that audit records carry as UserKey.
    pub key: String,
    /// The id of the mailbox.
    pub mailbox: String,
    /// Where the user works from: country, city, network provider.
    pub place: (&'static str, &'static str, &'static str),
    /// The usual address in the network.
    pub ip: String,
}

/// An application that the organisation's users have consented to.
pub struct App {
    /// The application's name.
    pub name: String,
    /// The application's id, the `ClientAppId` of audit records.
    pub id: String,
}

/// The people and applications of a lake.
pub struct Directory {
    /// Everybody with a mailbox.
    pub users: Vec<User>,
    /// Applications which read mail.
    pub apps: Vec<App>,
}

impl Directory {
    /// The directory of a lake: about one user for a thousand rows, up to 5,000.
    pub fn new(seed: u64, rows: u64) -> Directory {
        let users = (rows / 1_000).clamp(40, 5_000);
        let apps = (rows / 20_000).clamp(12, 250);
        Directory {
            users: (0..users).map(|index| user(seed, index)).collect(),
            apps: (0..apps).map(|index| app(seed, index)).collect(),
        }
    }

    /// Any user.
    pub fn any_user(&self, dice: &mut Dice) -> usize {
        dice.below(self.users.len() as u64) as usize
    }
}

fn user(seed: u64, index: u64) -> User {
    let mut dice = Dice::new(seed, super::purpose::USER, index);
    let given = GIVEN_NAMES[index as usize % GIVEN_NAMES.len()];
    // 30 given names and 40 family names meet 1,200 times before the number behind the name goes up.
    let round = index as usize / GIVEN_NAMES.len();
    let family = FAMILY_NAMES[(index as usize * 7 + round) % FAMILY_NAMES.len()];
    let number = round / FAMILY_NAMES.len();
    let suffix = if number == 0 { String::new() } else { (number + 1).to_string() };
    let mut key = String::from("1003");
    dice.push_word(&mut key, Alphabet::Hex, 12);
    User {
        display: format!("{} {}", given.1, family.1),
        address: format!("{}.{}{suffix}@{HOME_DOMAIN}", given.0, family.0),
        object_id: dice.guid(),
        sid: format!("S-1-5-21-1000000001-2000000002-3000000003-{}", 20_000_000 + index),
        key,
        mailbox: dice.guid(),
        place: PLACES[dice.skewed(PLACES.len() as u64) as usize],
        ip: ip(&mut dice),
    }
}

fn app(seed: u64, index: u64) -> App {
    let mut dice = Dice::new(seed, super::purpose::APP, index);
    let kind = dice.pick(&[
        "Archive",
        "Signature Manager",
        "CRM Connector",
        "eDiscovery Export",
        "Calendar Sync",
        "Ticket Bridge",
        "Backup for Mail",
    ]);
    App { name: format!("{kind} {}", index + 1), id: dice.guid() }
}

/// An address from the ranges for documentation, some of IPv6.
pub fn ip(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => format!("2001:db8:{:x}:{:x}::{:x}", dice.below(65_536), dice.below(65_536), dice.below(65_536)),
        1 => format!("192.0.2.{}", dice.between(1, 254)),
        2 => format!("198.51.100.{}", dice.between(1, 254)),
        _ => format!("203.0.113.{}", dice.between(1, 254)),
    }
}

/// A subject of a mail.
pub fn subject(dice: &mut Dice) -> String {
    let start = dice.pick(SUBJECTS);
    if start.ends_with([' ', '#']) { format!("{start}{}", dice.between(1, 99_999)) } else { start.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn users_do_not_share_an_address() {
        let directory = Directory::new(1, 5_000_000);
        let addresses: HashSet<_> = directory.users.iter().map(|user| &user.address).collect();
        assert_eq!(addresses.len(), 5_000);
    }
}
