"""The app that everybody writes over a table of mentions: pandas, Plotly Express, and all of it again at every click.

One of its habits is the better one: the table is a cached resource, which is shared, and not cached data, of which
every run would make a copy.
"""

import os

import pandas as pd
import plotly.express as px
import streamlit as st

GRAINS = {"week": "W-MON", "month": "MS", "quarter": "QS", "year": "YS"}
st.set_page_config(page_title="Mentions", layout="wide")


@st.cache_resource
def load() -> pd.DataFrame:
    """One row per mention: article, published, entity, outlet, language."""
    return pd.read_parquet(os.environ["MENTIONS"])


frame = load()
names = frame["entity"].cat.categories
first, last = frame["published"].min(), frame["published"].max()
with st.sidebar:
    start, end = st.date_input("From", first), st.date_input("To", last)
    entities = st.multiselect("Entities", names, list(names[:5]), key="entities")
    outlets = st.multiselect("Outlets", frame["outlet"].cat.categories)
    grain = st.selectbox("Over time by", list(GRAINS), 1, key="by")

part = frame[frame["published"].between(pd.Timestamp(start), pd.Timestamp(end))]
if outlets:
    part = part[part["outlet"].isin(outlets)]
st.title("Mentions over time")
chosen = part[part["entity"].isin(entities)]
counts = chosen.groupby(["entity", pd.Grouper(key="published", freq=GRAINS[grain])], observed=True).size()
st.plotly_chart(px.line(counts.rename("mentions").reset_index(), x="published", y="mentions", color="entity"))
st.header("Ranking")
ranking = part["entity"].value_counts().head(15).rename("mentions").reset_index()
st.plotly_chart(px.bar(ranking, x="mentions", y="entity", orientation="h"))
st.header("Outlets")
by_outlet = part["outlet"].value_counts().rename("mentions").reset_index()
st.plotly_chart(px.bar(by_outlet, x="outlet", y="mentions"))
