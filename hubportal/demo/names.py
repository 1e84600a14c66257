"""Invented people. Given names and surnames are drawn apart; nobody here is meant to be anybody."""

from collections.abc import Iterable
from random import Random

GIVEN = """Aaron Abigail Adaeze Agnieszka Aisha Alan Alice Amelia Amrit Andrea Anita Anthony Asha Ayesha Beatrice Ben Bernadette
Bethan Brendan Bridget Callum Carys Catherine Charlotte Chidi Chloe Claire Clive Colette Connor Daljit Deborah Declan
Denise Dominic Edith Edward Eilidh Elaine Eleanor Elijah Emeka Erin Esther Farah Fatima Fergus Fiona Frances Gemma
Gerald Grace Graham Gwen Hamza Harriet Heather Helena Hilary Ian Imogen Ines Iqra Isaac Ivy Jacqueline Jamal Janet
Jasmine Jerome Joanna Josephine Judith Karen Kavita Keith Kirsty Kwame Laura Leah Leila Leon Lorraine Louise Lucy
Magdalena Malcolm Marcia Margaret Maria Martin Maryam Matthew Meera Miriam Mohammed Moira Naomi Nathan Neil Ngozi Nicola
Niall Nora Oliver Olivia Omar Owen Patience Patrick Paula Peter Philippa Rachel Rebecca Rhys Robert Rohan Rosalind Rowan
Sabrina Samuel Sanjay Sarah Shabnam Sharon Simon Sophie Stella Stephen Sunita Susan Tamara Tara Theresa Thomas Toby
Tunde Ursula Vanessa Veronica Victor Vikram Wendy William Yasmin Yusuf Zainab Zoe""".split()

SURNAMES = """Abbott Achebe Adair Ainsley Akhtar Alder Amadi Appleby Ashdown Aston Bakare Bannister Barlow Basra Bellamy Benbow
Bhatt Birch Blakemore Bowden Braithwaite Brennan Brightwell Burrows Calder Carmody Chadwick Chowdhury Clegg Coleman
Conway Cotterill Crabtree Cullen Dacosta Dalton Darby Deane Dhillon Dodd Drummond Dunmore Eccles Egerton Ellwood
Fairley Farrow Faulkner Fearon Finch Fordham Galloway Garnett Gill Goodall Gosling Grady Greenhalgh Grover Gupta Haddon
Hallam Hargreave Hartley Haworth Heald Hepworth Hobday Holroyd Hossain Hurst Igwe Ingram Iqbal Jessop Jolley Kapoor
Kearney Kendrick Kenyon Khatun Kirkby Lacey Langton Larwood Leigh Lomas Lovell Lyttle Maddox Mahmood Makin Marlow
Marsden Mbeki Meakin Mistry Molloy Mottram Nash Newall Nkosi Norcross Oakley Obi Odell Okoro Olsen Onslow Ormond Osei
Oyelaran Padgett Palfrey Parvez Patel Peake Pemberton Pickford Pollitt Quigley Qureshi Radcliffe Rahman Ramsden Rashid
Redfern Ridgway Rigby Roscoe Rowbotham Saddler Sandhu Savage Seddon Shah Shelton Siddall Sinclair Skelton Stanway
Sugden Sutcliffe Tattersall Thackray Thorpe Tierney Tomlin Turnbull Uddin Underhill Unwin Varley Vaughan Wadsworth
Walmsley Wardle Weatherby Whitlock Wilde Winstanley Woodruff Wragg Yardley Yeung Zaman""".split()

TITLES = ("Mrs", "Mr", "Ms", "Miss", "Dr")


class People:
    """Hands out names, no full name twice."""

    def __init__(self, rng: Random, taken: Iterable[str] = ()):
        self.rng = rng
        self.taken = set(taken)

    def name(self) -> tuple[str, str]:
        """A given name and a surname that nobody else here has together."""
        while True:
            given, surname = self.rng.choice(GIVEN), self.rng.choice(SURNAMES)
            if f"{given} {surname}" not in self.taken:
                self.taken.add(f"{given} {surname}")
                return given, surname

    def full_name(self) -> str:
        return " ".join(self.name())
