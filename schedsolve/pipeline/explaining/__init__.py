"""Why a scenario has no plan, or too little room, and what would change that."""
