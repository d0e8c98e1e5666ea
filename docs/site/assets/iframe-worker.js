// Browsers run no workers for pages that are opened from a folder, so there a hidden frame runs the search.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      document.body.append(frame)
      const scope = frame.contentWindow
      const script = (source) =>
        new Promise((resolve, reject) => {
          const element = scope.document.createElement("script")
          Object.assign(element, { src: source, onload: resolve, onerror: reject })
          scope.document.body.append(element)
        })
      scope.postMessage = (data) => {
        const event = new MessageEvent("message", { data })
        this.dispatchEvent(event)
        this.onmessage?.(event)
      }
      scope.importScripts = (...sources) => sources.reduce((before, source) => before.then(() => script(source)), Promise.resolve())
      this.scope = scope
      this.loaded = script(url)
    }

    postMessage(data) {
      this.loaded.then(() => this.scope.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) })))
    }

    terminate() {
      this.scope.frameElement.remove()
    }
  }
}
