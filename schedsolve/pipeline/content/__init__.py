"""The content stage: captions, contents and prices for the sends of a plan, and targets for those made elsewhere."""
