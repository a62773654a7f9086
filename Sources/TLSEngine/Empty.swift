// placeholder: replaced at once
