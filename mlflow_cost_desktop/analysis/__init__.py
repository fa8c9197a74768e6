"""Questions asked of the model: each calls `estimate`, none has a cost formula of its own."""
