"""Plans that schools keep elsewhere: their forms, and what stands of them on others' pages."""
