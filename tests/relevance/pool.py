#!/usr/bin/env python3
"""Writes products.tsv: pool.py SHARED_PRODUCTS DEMO_PRODUCTS > products.tsv

The rule, with nothing random in it (where an order is needed and the file has none, it is that of
the SHA-1 of the EAN-13):

1. demo   every row of the hand-written shelves of the demonstration, in the order of file names,
          and all of books-french.csv. Left out: food.csv, books.csv, books-classics.csv (they are
          cut from the sources below).
2. food   for each family of FOODS in turn, the first `quota` foods (by SHA-1 of the EAN) whose
          name matches and whose folded name is not in the pool yet. A food stays as it was typed.
3. books  goodbooks-10k: all in French, then up to 5 of each author of AUTHORS (8 of J.K. Rowling),
          by book_id (popularity), then those whose title says Paris, France or French, then by
          book_id until 330.
4. old    Shakespeare and Company: up to 4 of each author of AUTHORS, by event_count, then by
          event_count until 150.

Titles lose control characters, tabs and doubled blanks, nothing else. The maker is the author of a
book, the maker of the shelf, or empty. A description is cut to 200 characters.
"""
import csv
import hashlib
import os
import re
import sys
import unicodedata

HAND_WRITTEN_WITHOUT = {"food.csv", "books.csv", "books-classics.csv"}

FOODS = [  # pattern on the folded name, quota
    (r"confitures?", 40), (r"gelee|marmelade", 12),
    (r"cafes?|arabica|expresso|espresso|capsules?|dosettes?", 40), (r"the|thes|tea", 40),
    (r"infusions?|tisanes?|rooibos|verveine|tilleul", 15), (r"pates", 45),
    (r"spaghettis?|coquillettes|penne|tagliatelles?|macaronis?|torti|fusilli|torsades|farfalle",
     40),
    (r"pate", 35), (r"terrine|rillettes", 20), (r"huiles?", 45), (r"vinaigres?", 20),
    (r"moutardes?", 22), (r"fromages?", 35), (r"camemberts?", 22), (r"emmental|gruyere", 18),
    (r"chevre", 22), (r"comte|beaufort|cantal", 14), (r"roquefort|bleu", 14),
    (r"brie|coulommiers|reblochon|mozzarella|parmesan|mimolette", 18), (r"yaourts?", 38),
    (r"beurre", 28), (r"lait", 55), (r"cremes?", 40), (r"riz", 42),
    (r"chocolat noir|noir \d+ ?%", 42), (r"chocolat au lait|chocolat lait", 25),
    (r"chocolat blanc", 10), (r"chocolats?", 45), (r"cacao", 12), (r"biscuits?", 30),
    (r"sables?|galettes?|palets?", 25), (r"cookies?", 12), (r"madeleines?", 10),
    (r"gateaux?|cakes?", 18), (r"eaux?", 34), (r"jus", 42), (r"sirops?", 26),
    (r"limonade|colas?|soda|perrier", 24), (r"vins?|bordeaux|bourgogne|cotes", 26),
    (r"bieres?", 15), (r"cidres?", 14), (r"champagne", 12), (r"miels?", 28),
    (r"sucres?|cassonade|edulcorant|stevia", 26), (r"farines?", 20), (r"sels?", 12),
    (r"poivre|curry|epices?", 16), (r"jambons?", 28), (r"saucissons?|chorizo", 18),
    (r"saumon", 22), (r"thon", 18), (r"sardines?|maquereaux?|anchois", 14), (r"poulet", 22),
    (r"boeuf|steaks?", 18), (r"lentilles", 18), (r"haricots", 18),
    (r"petits pois|pois chiches", 16), (r"soupes?|veloutes?", 26), (r"pizzas?", 16),
    (r"glaces?|sorbets?", 24), (r"bonbons?", 18), (r"chips", 14), (r"olives?", 16),
    (r"compotes?", 20), (r"muesli|cereales|petales|flocons", 26), (r"pains?|baguettes?", 24),
    (r"brioches?", 8), (r"noix|noisettes?|amandes?", 22), (r"oeufs?", 14), (r"sauce", 26),
    (r"mayonnaise|ketchup", 14), (r"couscous|semoule|boulgour|quinoa", 20),
    (r"bebe|mois|croissance", 14), (r"sans gluten", 12), (r"tofu|soja", 18),
    (r"pate a tartiner|tartiner|nutella", 10), (r"caramels?", 12), (r"tomates?", 18),
    (r"pommes de terre|frites|puree", 20), (r"fraises?|framboises?", 12),
    (r"bretons?|bretonnes?", 8), (r"levure|vanille", 8), (r"foie gras|canard", 16),
]

AUTHORS = [
    "Albert Camus", "Victor Hugo", "Alexandre Dumas", "Jules Verne", "Gustave Flaubert",
    "Émile Zola", "Stendhal", "Marcel Proust", "Voltaire", "Molière", "Jean-Paul Sartre",
    "Simone de Beauvoir", "Antoine de Saint-Exupéry", "Honoré de Balzac", "Guy de Maupassant",
    "Charles Baudelaire", "Colette", "André Gide", "Michel de Montaigne", "Gaston Leroux",
    "Goscinny", "Marjane Satrapi", "Milan Kundera", "Michel Houellebecq", "Muriel Barbery",
    "Anna Gavalda", "Joël Dicker", "Amélie Nothomb", "J.K. Rowling", "J.R.R. Tolkien",
    "Agatha Christie", "Stephen King", "George Orwell", "Jane Austen", "Arthur Conan Doyle",
    "Suzanne Collins", "George R.R. Martin", "Dan Brown", "Paulo Coelho", "Haruki Murakami",
    "Charles Dickens", "William Shakespeare", "Oscar Wilde", "Roald Dahl", "Ernest Hemingway",
    "Virginia Woolf", "James Joyce", "Franz Kafka", "Leo Tolstoy", "Fyodor Dostoyevsky",
    "Fyodor Dostoevsky", "Isaac Asimov", "Frank Herbert", "Margaret Atwood", "Stephenie Meyer",
    "Lewis Carroll", "Edgar Allan Poe", "Mary Shelley", "Bram Stoker", "Umberto Eco",
    "Gabriel García Márquez", "Elena Ferrante", "Ken Follett", "Stieg Larsson", "Julia Child",
    "Neil Gaiman", "Bill Watterson", "Alan Moore", "Eric Carle", "Maurice Sendak", "Sun Tzu",
    "Homer", "Gertrude Stein", "Henry James", "D.H. Lawrence", "Katherine Mansfield",
]
HISTORIC = {"Homer": "Homer", "D.H. Lawrence": "Lawrence, D. H."}


def fold(text):
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    text = unicodedata.normalize("NFD", text)
    return "".join(c for c in text if unicodedata.category(c) != "Mn")


def clean(text):
    text = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    return re.sub(r"  +", " ", text).strip()


def cut(text):
    return text if len(text) <= 200 else text[:200].rstrip()


def rows(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def demo(folder):
    for name in sorted(os.listdir(folder)):
        if name.endswith(".csv") and name not in HAND_WRITTEN_WITHOUT:
            for row in rows(folder, name):
                yield row["title"], row["maker"], row["description"]


def foods(folder):
    every = sorted(rows(folder, "food-openfoodfacts-fr-2019.csv"),
                   key=lambda r: hashlib.sha1(r["ean"].encode()).hexdigest())
    taken = set()
    for pattern, quota in FOODS:
        match = re.compile(r"(?<![a-z0-9])(?:" + pattern + r")(?![a-z0-9])")
        left = quota
        for row in every:
            name = fold(clean(row["name"]))
            if left and name not in taken and 3 <= len(name) <= 90 and match.search(name):
                taken.add(name)
                left -= 1
                yield clean(row["name"]), "", row["ingredients"]


def books(folder, limit=330):
    every = sorted(rows(folder, "books-goodbooks10k.csv"), key=lambda r: int(r["book_id"]))
    chosen = {}

    def add(row):
        chosen.setdefault(row["book_id"], row)

    for row in every:
        if row["language_code"] in ("fre", "fr"):
            add(row)
    for author in AUTHORS:
        quota = 8 if author == "J.K. Rowling" else 5
        for row in [r for r in every if author in r["authors"]][:quota]:
            add(row)
    for row in every:
        if re.search(r"\b(Paris|France|French)\b", row["title"]):
            add(row)
    for row in every:
        if len(chosen) >= limit:
            break
        add(row)
    for row in list(chosen.values())[:limit]:
        yield row["title"], row["authors"], ""


def old_books(folder, limit=150):
    every = sorted(rows(folder, "books-shakespeare-and-company.csv"),
                   key=lambda r: (-int(r["event_count"] or 0), r["uri"]))
    every = [r for r in every if r["author"] and r["title"] and r["format"] in ("", "Book")]
    chosen = {}
    for author in AUTHORS:
        first, _, last = author.rpartition(" ")
        name = HISTORIC.get(author, f"{last}, {first}" if first else author)
        for row in [r for r in every if r["author"].split(";")[0].startswith(name)][:4]:
            chosen.setdefault(row["uri"], row)
    for row in every:
        if len(chosen) >= limit:
            break
        chosen.setdefault(row["uri"], row)
    for row in list(chosen.values())[:limit]:
        last, _, first = row["author"].split(";")[0].partition(", ")
        yield row["title"], f"{first} {last}".strip(), ""


def main():
    shared, shelves = sys.argv[1:3]
    number = 0
    for name, source in (("demo", demo(shelves)), ("food", foods(shared)), ("books", books(shared)),
                         ("old", old_books(shared))):
        first = number + 1
        for title, maker, description in source:
            number += 1
            print(number, clean(title), clean(maker), cut(clean(description)), sep="\t")
        print(f"{name}: ids {first} to {number}", file=sys.stderr)


main()
