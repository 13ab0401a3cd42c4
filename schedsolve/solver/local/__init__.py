"""Local search on a week: a greedy first plan, and simulated annealing from it, in plain arithmetic on lists.

It tries some twenty thousand changes a second where the model tries a few, and proves nothing. A plan that it finds is
put into the model, which has the last word: what the model refuses is not used.
"""
