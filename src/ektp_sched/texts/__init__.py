"""The two languages of everything that a planner reads, in one system.

`language.py` looks texts up in the GNU catalogue (locale/) of the language spoken, `vocabulary.py`
has the words of the field. CONTRIBUTING.md says how a text is added. Begin with `language.py`.
"""
