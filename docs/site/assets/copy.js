// The button of a terminal session or an interactive session copies what the reader types, without prompts and output.
addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.(".language-console [data-clipboard-target], .language-pycon [data-clipboard-target]")
    if (button) {
      const code = document.querySelector(button.dataset.clipboardTarget).cloneNode(true)
      code.querySelectorAll(".gp, .go").forEach((element) => element.remove())
      button.dataset.clipboardText = code.textContent.trim().replace(/\n\n+/g, "\n")
    }
  },
  { capture: true },
)
