"""Invented places. The coordinates lie in the North Sea, where no school stands."""

from dataclasses import dataclass

EXAMPLESHIRE, BRANNOC_BAY, MARRAM_ISLES, SAMPLEFOLK = "990", "991", "992", "995"
AUTHORITIES = {
    EXAMPLESHIRE: "Exampleshire",
    BRANNOC_BAY: "Brannoc Bay",
    MARRAM_ISLES: "Marram Isles",
    SAMPLEFOLK: "Samplefolk",
}


@dataclass(frozen=True)
class Town:
    """A town with the villages around it. Postcodes of the area letters ZZ are never given out by the Post Office."""

    name: str
    authority: str
    easting: int
    northing: int
    postcode: str
    spread: int  # metres
    share: int  # of the county's schools
    villages: tuple[str, ...]


TOWNS = (
    Town(
        "Ashby", EXAMPLESHIRE, 655_200, 381_600, "ZZ1", 2600, 9, ("Ashby Mere", "Millbrook", "Otterfold", "Long Sedley")
    ),
    Town(
        "Hollowdene",
        EXAMPLESHIRE,
        644_100,
        396_300,
        "ZZ2",
        3400,
        9,
        ("Hollow Lane", "Quarnby", "Nether Tansley", "Crake"),
    ),
    Town(
        "Great Larkham",
        EXAMPLESHIRE,
        656_800,
        398_900,
        "ZZ3",
        2800,
        7,
        ("Little Larkham", "Owlbury", "Fallowmere", "Stoke Amble"),
    ),
    Town(
        "Wexcombe",
        EXAMPLESHIRE,
        661_900,
        386_500,
        "ZZ4",
        3000,
        8,
        ("Wexcombe Green", "Upper Dray", "Pennick", "Marl End"),
    ),
    Town(
        "Thornley Cross",
        EXAMPLESHIRE,
        641_700,
        380_200,
        "ZZ5",
        4200,
        4,
        ("Thornley St Jude", "Coldharbour Ings", "Birkrigg"),
    ),
    Town(
        "Cullingham",
        EXAMPLESHIRE,
        650_300,
        388_800,
        "ZZ6",
        3800,
        6,
        ("Cullingham Bridge", "Sallow Heath", "Marrow", "Emberley"),
    ),
    Town("Harrowick", EXAMPLESHIRE, 652_400, 375_100, "ZZ7", 3600, 5, ("Harrowick Ferry", "Low Timble", "Gantry Moor")),
    Town(
        "Port Brannoc",
        BRANNOC_BAY,
        668_500,
        396_100,
        "ZZ8",
        2700,
        8,
        ("St Brannoc's", "Saltmere", "Cockle Row", "Fishergate"),
    ),
    Town("Sandrey", BRANNOC_BAY, 667_100, 390_400, "ZZ9", 2300, 4, ("Sandrey Sands", "Eastmarram", "Gull Point")),
)
SAMPLE_TOWNS = (
    Town("Sampleton", SAMPLEFOLK, 612_400, 452_300, "ZY1", 2900, 6, ("Upper Sample", "Dunmarsh", "Tolley")),
    Town("Folkesbury", SAMPLEFOLK, 619_700, 447_800, "ZY2", 2500, 4, ("Folke Abbas", "Reedham Staithe", "Oxlode")),
)

ROADS = """Fenwick Beacon Canal Chapel Cromwell Elm Foundry Gainsford Garrick Highfield Jubilee Kiln Lavender Lodge Manor Meadow Nelson Orchard
Park Priory Queen's Railway Raven Sycamore Tannery Terrace Victoria Wharf Windmill Albion Cobden Dunstan Alma Clarence Forge""".split()

WOODS = """Alderwood Ashgrove Bluebell Brackenfield Broadoak Cherrytree Coppice Cornfield Elderflower Fernhill Foxglove Gorsehill Greenacre
Hawthorn Hazelmere Heatherside Hollybank Honeysuckle Ivydale Juniper Kestrel Kingfisher Larkfield Limetree Lindens
Meadowsweet Nightingale Oakhurst Parkside Pinewood Riverside Robinswood Rowanfield Skylark Springfield Stonebridge
Swallowdale Thistledown Valleyside Waterside Wheatfield Whitebeam Willowbank Woodpecker Wrenfield Yewtree""".split()

SAINTS = """Aidan Agatha Alban Anne Anselm Bede Bernadette Bridget Chad Clare Columba Cuthbert Edmund Ethelburga Etheldreda Francis George
Gregory Helen Hilda Hugh James John Joseph Jude Luke Margaret Mark Martin Mary Matthew Michael Nicholas Oswald Paul
Peter Swithun Teresa Thomas Wilfrid Winifred""".split()

STREETS = """Church Lane|School Lane|Mill Road|Station Road|High Street|The Green|Back Lane|Chapel Street|Priory Walk|Long Meadow|Kiln Lane|
Bridge Street|Orchard Way|Hill Rise|Ferry Road|Market Street|Almond Avenue|Quarry Bank|Northgate|Southgate|Old Drove|Sedge Close""".replace(
    "\n", ""
).split("|")
