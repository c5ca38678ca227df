// A box in which names are looked for, in any spelling, and chosen. No HTML is made of what it shows.

const STEP = 60 // choices that are drawn at once; more follow as the list is scrolled
// Box -> what is chosen in it, and the stamp of what it was told last: a box that is drawn anew is told the old.
const remembered = (globalThis[Symbol.for("jarchi-picker")] ??= new Map())
const boxes = new WeakMap()

const make = (tag, name, text = "") => {
  const node = document.createElement(tag)
  node.className = name
  node.textContent = text
  return node
}

// As `_all_folded` in `picker.py` does it: what is typed and what is looked for are compared in the same letters.
const fold = (text, letters) =>
  Array.from(text.normalize("NFC").replaceAll("İ", "i").toLowerCase(), one => letters[one] ?? one).join("").trim()

// How well a choice answers: 0 it is a name of it, 1 every word begins a word of a name, 2 it is inside one; or Infinity.
const answers = (names, typed, words) => {
  let best = Infinity
  for (const name of names) {
    if (name === typed) return 0
    if (best > 1 && words.every(word => name.startsWith(word) || name.includes(" " + word))) best = 1
    else if (best > 2 && typed.length > 2 && name.includes(typed)) best = 2
  }
  return best
}

class Box {
  constructor(root) {
    this.label = root.querySelector(".label")
    this.field = root.querySelector(".field")
    this.tags = root.querySelector(".chosen")
    this.list = root.querySelector(".list")
    this.input = make("input", "")
    for (const [name, value] of Object.entries({
      role: "combobox", type: "text", autocomplete: "off", spellcheck: "false", id: "looked-for",
      "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": "choices", "aria-expanded": "false",
    })) this.input.setAttribute(name, value)
    this.clear = make("button", "none", "✕")
    this.clear.onclick = () => this.choose([])
    this.tags.after(this.clear)
    this.input.oninput = () => this.open()
    this.input.onkeydown = event => this.key(event)
    this.list.onscroll = () => this.more()
    this.field.onmousedown = event => {
      if (event.target === this.input || event.target.closest("button")) return
      event.preventDefault() // the input keeps the focus
      this.input.focus()
    }
    this.field.onclick = event => {
      if (event.target.closest("button")) return
      if (this.list.hidden || event.target === this.input) this.open()
      else this.close()
    }
    this.list.onmousedown = event => event.preventDefault()
    root.addEventListener("focusout", event => root.contains(event.relatedTarget) || this.close())
  }

  update(bytes, send) {
    this.send = send
    if (bytes === this.bytes) return
    this.bytes = bytes
    const data = (this.data = JSON.parse(new TextDecoder().decode(bytes)))
    this.choices = data.choices.map(([id, name, others, weight, kind]) =>
      ({ id, name, others, weight, label: kind ? `${name} · ${kind}` : name }))
    this.byId = new Map(this.choices.map(one => [one.id, one]))
    const last = remembered.get(data.key)
    this.chosen = last?.stamp === data.stamp ? last.chosen : data.chosen
    this.label.textContent = data.label
    this.list.setAttribute("aria-label", data.label)
    this.clear.setAttribute("aria-label", data.words.clear)
    this.draw()
    if (!this.list.hidden) this.open()
  }

  draw() {
    remembered.set(this.data.key, { stamp: this.data.stamp, chosen: this.chosen })
    const tags = this.chosen.map(id => {
      const tag = make("span", "tag")
      const name = this.byId.get(id)?.label ?? id
      tag.append(make("span", "", name))
      tag.title = name
      const button = make("button", "", "✕")
      button.setAttribute("aria-label", `${name}: ${this.data.words.remove}`)
      button.onclick = () => this.choose(this.chosen.filter(one => one !== id))
      tag.append(button)
      return tag
    })
    const focused = this.input.matches(":focus")
    this.tags.replaceChildren(...tags, this.input)
    if (focused) this.input.focus()
    this.input.placeholder = this.chosen.length ? "" : this.data.hint
    this.clear.hidden = !this.chosen.length
  }

  choose(chosen) {
    this.chosen = chosen
    this.input.value = ""
    this.draw()
    if (this.data.alone || this.list.hidden) this.close()
    else this.open()
    this.send(chosen)
  }

  found() {
    const typed = fold(this.input.value, this.data.letters)
    const left = this.choices.filter(one => !this.chosen.includes(one.id))
    if (!typed) return left
    for (const one of this.choices) one.names ??= [fold(one.name, this.data.letters), ...one.others]
    const words = typed.split(/\s+/)
    return left
      .map(one => ({ one, how: answers(one.names, typed, words) }))
      .filter(({ how }) => how < Infinity)
      .sort((a, b) => a.how - b.how || b.one.weight - a.one.weight)
      .map(({ one }) => one)
  }

  open() {
    this.shown = this.found()
    this.list.replaceChildren()
    this.list.hidden = false
    this.list.scrollTop = 0
    this.input.setAttribute("aria-expanded", "true")
    if (!this.shown.length) this.list.append(make("div", "nothing", this.data.words.nothing))
    this.more()
    this.go(0)
  }

  close() {
    this.list.hidden = true
    this.input.setAttribute("aria-expanded", "false")
    this.input.removeAttribute("aria-activedescendant")
  }

  more() {
    const drawn = this.list.querySelectorAll(".option").length
    if (drawn && this.list.scrollTop + 2 * this.list.clientHeight < this.list.scrollHeight) return
    this.list.append(...this.shown.slice(drawn, drawn + STEP).map((one, place) => {
      const option = make("div", "option", one.label)
      option.setAttribute("role", "option")
      option.setAttribute("aria-selected", "false")
      option.id = `choice-${drawn + place}`
      option.onclick = () => this.take(drawn + place)
      option.onmousemove = () => this.at === drawn + place || this.go(drawn + place)
      return option
    }))
  }

  take(place) {
    const one = this.shown[place]
    if (one) this.choose(this.data.alone ? [one.id] : [...this.chosen, one.id])
  }

  go(place) {
    this.list.querySelector(".at")?.classList.remove("at")
    const option = this.list.querySelector(`#choice-${place}`)
    if (!option) return this.input.removeAttribute("aria-activedescendant")
    this.at = place
    option.classList.add("at")
    this.input.setAttribute("aria-activedescendant", option.id)
    option.scrollIntoView({ block: "nearest" })
  }

  key(event) {
    if (event.isComposing) return // Enter ends the word
    const shut = this.list.hidden
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (shut) this.open()
      else this.go(Math.min(Math.max(this.at + (event.key === "ArrowDown" ? 1 : -1), 0), this.shown.length - 1))
      this.more()
    } else if (event.key === "Enter" && !shut) {
      event.preventDefault()
      this.take(this.at)
    } else if (event.key === "Escape") {
      this.input.value = ""
      this.close()
    } else if (event.key === "Backspace" && !this.input.value && this.chosen.length) {
      this.choose(this.chosen.slice(0, -1))
    }
  }
}

export default function (component) {
  const root = component.parentElement.querySelector(".box")
  if (!boxes.has(root)) boxes.set(root, new Box(root))
  boxes.get(root).update(component.data, chosen => component.setTriggerValue("chosen", chosen))
}
