"""All that knows Streamlit, but for the thin scripts in `pages/`.

safety       headers that browsers enforce, and what a visitor sees when something fails
words        the interface in Azerbaijani and English
store        the corpus and everything made of it that is kept between clicks
newest       which version visitors are shown: the newest that opens at once
first        what the first visitor would wait for, done before he comes
turns        whose page is worked on: first charts before all else
kept         what was worked out for one visitor is there for all
view         what a page is given: the cube, the filters, the words
sidebar      widgets <-> Filters <-> address
switches     what a page of its own can be switched to <-> address
picker       the box in which names are looked for and chosen
components   strangers' text with marks, and pictures of charts, shown without interpreting a letter
parts        chart card, downloads, empty states
lists        articles and stories, each a door to the whole
reader       one article
told         one story
themes       topics in an analyst's hands
names        the gazetteer
marking      a mention that is wrong
main         the frame around every page
"""
