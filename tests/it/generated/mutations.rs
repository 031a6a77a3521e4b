//! Small slips: what a typist or a tired hunter makes of a query.

use kql2sql::functions::SCALARS;

use super::dice::Dice;

/// The query with one slip.
pub fn slip(query: &str, dice: &mut Dice) -> String {
    let mut tokens = tokens(query);
    let words: Vec<usize> =
        (0..tokens.len()).filter(|&i| tokens[i].starts_with(char::is_alphabetic)).collect();
    let solid: Vec<usize> = (0..tokens.len()).filter(|&i| !tokens[i].trim().is_empty()).collect();
    let at = *dice.pick(&solid);
    let word = if words.is_empty() { at } else { *dice.pick(&words) };
    match dice.below(9) {
        0 => tokens[at].clear(),
        1 => tokens[at] = format!("{} {}", tokens[at], tokens[at]),
        2 => tokens.swap(at, *dice.pick(&solid)),
        3 | 4 => tokens[word] = misspelt(&tokens[word], dice),
        5 => tokens[word] = "'text'".to_owned(),
        6 => tokens[word] = "5".to_owned(),
        7 => {
            let names: Vec<&str> =
                SCALARS.iter().flat_map(|family| family.iter()).map(|function| function.name).collect();
            tokens[word] = (*dice.pick(&names)).to_owned();
        }
        _ => tokens[word] = tokens[*dice.pick(&words)].clone(),
    }
    tokens.concat()
}

fn misspelt(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = dice.below(letters.len());
    match dice.below(3) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        _ => letters.swap(at, 0),
    }
    letters.into_iter().collect()
}

/// Words, texts, blanks and signs.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut quote = None;
    let mut before = '\0';
    for c in text.chars() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let joins = quote.is_some() || (word(c) && word(before));
        match quote {
            Some(q) if q == c => quote = None,
            None if c == '\'' || c == '"' => quote = Some(c),
            _ => {}
        }
        match tokens.last_mut() {
            Some(last) if joins => last.push(c),
            _ => tokens.push(c.to_string()),
        }
        before = c;
    }
    tokens
}
