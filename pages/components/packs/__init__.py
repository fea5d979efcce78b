"""Packs for meetings and papers: their chapters, and the exhibits that they are made of."""
