// Runs once in each of the two panes, the conversation and the document (gr.HTML's js_on_load).
// Gradio gives: element, the pane; trigger(event, data), which calls the page's Python; watch(prop, f).

const SHEET_OPEN = "pq-sheet-open"; // below 900 px the document is a sheet over the conversation
const panel = () => document.getElementById("pq-panel");

function follow() {
  // The newest question goes to the top of the pane, as far as there is something to scroll.
  const scroller = document.getElementById("pq-conversation");
  const turn = element.querySelector(".pq-turn:last-child");
  if (turn) scroller.scrollTop += turn.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12;
}

function reveal() {
  const scroller = panel().querySelector(".pq-scroll");
  const mark = scroller?.querySelector(".pq-active");
  if (!mark) return;
  const distance = mark.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  scroller.scrollTop += distance - scroller.clientHeight / 4;
  panel().querySelector(".pq-close").focus(); // can only take it while the sheet is open
}

function showWhichIsOpen() {
  const shown = panel().querySelector(".pq-doc")?.dataset.shown;
  for (const chip of document.querySelectorAll(".pq-chip")) {
    chip.setAttribute("aria-pressed", String(chip.dataset.open === shown));
  }
}

function closeSheet() {
  if (!document.body.classList.contains(SHEET_OPEN)) return;
  document.body.classList.remove(SHEET_OPEN);
  document.querySelector('.pq-chip[aria-pressed="true"]')?.focus();
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-open], [data-ask], [data-close]");
  if (!button) return;
  if (button.dataset.ask) trigger("submit", { question: button.dataset.ask });
  if (button.dataset.open) {
    trigger("select", { reference: button.dataset.open });
    document.body.classList.add(SHEET_OPEN);
    reveal(); // at once where the document is the one already shown
  }
  if ("close" in button.dataset) closeSheet();
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeSheet();
});

// What Gradio says in English in every language.
const CHINESE = {
  Error: "出错",
  Warning: "提示",
  Info: "提示",
  "Connection to the server was lost. Attempting reconnection...": "与服务器的连接已中断，正在重新连接…",
};

function translateToasts(toasts) {
  const texts = document.createTreeWalker(toasts, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const chinese = CHINESE[texts.currentNode.data.trim()];
    if (chinese) texts.currentNode.data = chinese;
  }
}

if (panel().contains(element)) {
  // Once for the page, not once for each pane.
  document.addEventListener("pointerdown", (event) => {
    if (!panel().contains(event.target) && !event.target.closest("[data-open]")) closeSheet();
  });
  const toasts = document.querySelector(".toast-wrap");
  if (toasts) new MutationObserver(() => translateToasts(toasts)).observe(toasts, { childList: true, subtree: true });
}

watch("value", () => {
  if (element.querySelector(".pq-log")) follow();
  if (element.querySelector(".pq-doc")) reveal();
  showWhichIsOpen();
});
