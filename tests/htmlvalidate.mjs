// What is asked of the HTML of each page: the grammar of HTML, and nothing of style.
// Each rule that is off has its reason.

export default {
  root: true,
  extends: ["html-validate:standard"],
  rules: {
    // The theme's: its two hidden checkboxes ask Firefox by `autocomplete` to forget
    // their state on reload, which HTML allows on text fields only
    "valid-autocomplete": "off",
  },
};
